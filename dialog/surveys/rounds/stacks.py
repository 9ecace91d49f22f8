"""Stacks of printed codes: made, printed within the hour, and withdrawn if slips get lost.

A code is an invitation that is nobody's. Its number is random, and the secret is made from it
when the slips are printed, so no table holds a code; what order the slips come in is drawn anew
each time and kept nowhere (docs/decisions/0025-paper-codes.md).
"""

import secrets as random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.core.levels import Level
from dialog.core.questionnaire import load
from dialog.organisation import audiences
from dialog.organisation.models import Unit
from dialog.settings import Settings
from dialog.storage import bulk
from dialog.storage.clock import now
from dialog.surveys import keys, secrets
from dialog.surveys.models import CodeStack, Invitation, Round, RoundState
from dialog.surveys.paper.slip_words import slip_words
from dialog.surveys.rounds import mails, steps
from dialog.surveys.rounds.inviting import fresh_numbers
from dialog.web import slips as paper

MOST: Final = 500  # in a stack; more are several stacks
PRINTABLE_FOR: Final = timedelta(hours=1)  # a jammed printer is tried again; later: new codes
MADE, WITHDRAWN = "codes", "codes-withdrawn"  # the names of steps that are kept
MAKING: Final = (RoundState.APPROVED, RoundState.OPEN)
WITHDRAWING: Final = (RoundState.APPROVED, RoundState.OPEN, RoundState.PAUSED)
TABLE = bulk.table_of(Invitation)


@dataclass(frozen=True)
class Stack:
    """A stack as it is listed; `unit` is a name, `level` a value, both may be empty. How many of
    its codes were used is told nowhere.
    """

    id: UUID
    unit: str
    level: str
    count: int
    made_at: datetime
    withdrawn: bool

    @property
    def printable_until(self) -> datetime:
        return self.made_at + PRINTABLE_FOR

    @property
    def printable(self) -> bool:
        return not self.withdrawn and now() < self.printable_until


def make(
    session: Session,
    *,
    round_: Round,
    count: int,
    by: UUID | None,
    unit: Unit | None = None,
    level: Level | None = None,
    stack_id: UUID | None = None,
) -> CodeStack:
    """Make `count` codes. With a `stack_id` that was made before, that stack again: a retry makes
    no second one.
    """
    steps.hold(session, round_=round_)
    made = session.get(CodeStack, stack_id) if stack_id else None
    if made is not None and made.round_id == round_.id:
        return made
    _check(session, round_=round_, count=count, unit=unit)
    stack = CodeStack(
        id=stack_id if stack_id and made is None else uuid4(),
        round_id=round_.id,
        unit_id=unit.id if unit else None,
        level=level.value if level else "",
        count=count,
        made_at=now(),
    )
    session.add(stack)
    session.flush()
    same = Invitation(
        round_id=round_.id, stack_id=stack.id, unit_id=stack.unit_id, level=stack.level, number=0
    ).model_dump()
    numbers = fresh_numbers(session, count=count)
    bulk.insert(session, TABLE, [{**same, "id": uuid4(), "number": each} for each in numbers])
    steps.keep(session, round_=round_, action=MADE, by=by, reason=_about(count, unit))
    return stack


def slips(session: Session, *, stack: CodeStack, settings: Settings) -> list[paper.Slip]:
    """Every code of the stack, used ones too, in an order drawn now: two printings compared tell
    nothing.
    """
    query = select(Invitation.number).where(Invitation.stack_id == stack.id)
    numbers = list(session.exec(query))
    random.SystemRandom().shuffle(numbers)
    key, round_id = keys.link_key(settings), stack.round_id
    return [
        paper.Slip(
            code=secrets.code(key, round_id=round_id, number=number),
            link=mails.link(
                settings, round_id, secrets.link_secret(key, round_id=round_id, number=number)
            ),
        )
        for number in numbers
    ]


def printed(session: Session, *, round_: Round, stack: CodeStack, settings: Settings) -> bytes:
    """The stack's sheets as PDF. Raises RefusedError when its hour is over."""
    if stack.withdrawn:
        raise RefusedError(_("Högen är tillbakadragen. Gör en ny."))
    if now() >= stack.made_at + PRINTABLE_FOR:
        raise RefusedError(
            _(
                "Arken kan hämtas i en timme efter att koderna gjordes, och den har gått. Dra"
                " tillbaka högen om den inte har delats ut, och gör en ny."
            )
        )
    unit = unit_of(session, stack=stack)
    words = slip_words(
        round_,
        load(round_.questionnaire),
        place=unit.name if unit else "",
        count=stack.count,
        settings=settings,
    )
    return paper.pdf(slips(session, stack=stack, settings=settings), words)


def withdraw(session: Session, *, round_: Round, stack: CodeStack, by: UUID | None) -> None:
    """Codes of the stack that were not used stop working; answers that were sent are counted.
    Doing it again changes nothing.
    """
    steps.hold(session, round_=round_)
    session.refresh(stack)
    if stack.withdrawn:
        return
    if round_.state not in WITHDRAWING:
        raise RefusedError(_("Enkäten tar inte emot svar längre, så koderna gäller inte ändå."))
    stack.withdrawn = True
    session.add(stack)
    session.connection().execute(
        sa.update(Invitation).where(col(Invitation.stack_id) == stack.id).values(withdrawn=True)
    )
    unit = unit_of(session, stack=stack)
    steps.keep(session, round_=round_, action=WITHDRAWN, by=by, reason=_about(stack.count, unit))


def of_round(session: Session, *, round_: Round) -> Sequence[Stack]:
    """The round's stacks, the newest first."""
    query = (
        select(CodeStack, Unit.name)
        .join(Unit, col(Unit.id) == col(CodeStack.unit_id), isouter=True)
        .where(CodeStack.round_id == round_.id)
        .order_by(col(CodeStack.made_at).desc(), col(CodeStack.id))
    )
    return [
        Stack(each.id, name or "", each.level, each.count, each.made_at, each.withdrawn)
        for each, name in session.exec(query)
    ]


def unit_of(session: Session, *, stack: CodeStack) -> Unit | None:
    return session.get(Unit, stack.unit_id) if stack.unit_id else None


def _check(session: Session, *, round_: Round, count: int, unit: Unit | None) -> None:
    if not round_.access.prints:
        raise RefusedError(_("Omgången är inte planerad för koder på papper."))
    if round_.state not in MAKING or round_.reconcile_since is not None:
        raise RefusedError(_("Koder kan göras när omgången är godkänd eller öppen."))
    if not round_.k <= count <= MOST:
        # A smaller stack would tell who has taken part: that of one code is a person's.
        raise RefusedError(
            _(
                "En hög har minst %(k)s och högst %(most)s koder. Gör hellre några för många:"
                " koder som blir över skadar inte.",
                k=round_.k,
                most=MOST,
            )
        )
    if unit is not None:
        audience = audiences.from_json(round_.audience)
        if unit.code not in {each.code for each in audiences.units_in(session, audience=audience)}:
            raise RefusedError(_("Enheten hör inte till omgångens målgrupp. Välj en annan."))


def _about(count: int, unit: Unit | None) -> str:
    return f"{count} · {unit.name}" if unit else str(count)
