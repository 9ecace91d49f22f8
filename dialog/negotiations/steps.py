"""What happens to a matter: each step checked against the table and the law, and kept.

A decision, or carrying it out, while the negotiation is not concluded is refused, but for the one
reason that the paragraph knows; then the negotiation goes on, and its state does not change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import IllegalTransitionError, RefusedError
from dialog.core.negotiating.events import Taken
from dialog.core.negotiating.matters import (
    BEGINNINGS,
    BESIDE,
    NEEDS_REASON,
    NOTICES,
    TRANSITIONS,
    Action,
    State,
    possible,
    table,
)
from dialog.core.negotiating.rules import RULES, Paragraph, Rules
from dialog.minutes import writing
from dialog.negotiations import lawful, queries, telling, words
from dialog.negotiations.lawful import WAITING
from dialog.negotiations.models import MblMatter, MblStep
from dialog.negotiations.parties import Party, may_take
from dialog.people import steps
from dialog.people.steps import Steps
from dialog.storage.clock import today
from dialog.web.i18n import day as day_words
from dialog.web.refusing import illegal

ENDS: Final = {Action.AGREE: True, Action.DISAGREE: False, Action.WITHDRAW: False}


@dataclass(frozen=True)
class Said:
    """What is told of a step: the day it counts from, why, and why it does not wait."""

    day: date
    reason: str = ""
    exception: str = ""

    @property
    def words(self) -> str:
        """All that is told, as it is kept: what is written in either place stays."""
        return "\n\n".join(filter(None, (self.reason, self.exception)))


def refusal(rules: Rules, state: Any, action: Any) -> IllegalTransitionError:
    wording = words.of(rules)
    wrong = _(
        "Det går inte att %(what)s: ärendet är %(state)s.",
        what=wording.doing[action],
        state=wording.states[state],
    )
    choices = [wording.doing[each] for each in possible(state, rules)]
    return illegal(wrong, choices, over=_("Inget mer kan göras med det."))


def _under(rules: Rules) -> Steps[MblStep]:
    return Steps(MblStep, of="matter_id", table=TRANSITIONS, refusal=partial(refusal, rules))


STEPS: Final = _under(RULES[Paragraph.INFORMED])  # for what is the same under all rules


def hold_open(session: Session, matter: MblMatter) -> None:
    """Hold a matter that is not laid to rest. Raises RefusedError."""
    steps.hold(session, matter)
    if matter.state is State.CLOSED:
        raise RefusedError(_("Ärendet är lagt till handlingarna och kan inte ändras."))


def take(
    session: Session, *, matter: MblMatter, action: Action, party: Party, by: UUID, said: Said
) -> MblStep:
    """Take a step for a party. Raises IllegalTransitionError; RefusedError for what the law, or the
    order of days, does not let be.
    """
    steps.hold(session, matter)
    stands = queries.position(session, matter=matter, party=party)
    own = _under(stands.rules)
    own.check(session, matter, action)
    if not may_take(party, action):
        raise RefusedError(_("Det är inte er part som kan göra det."))
    if action not in table(stands.rules):
        raise RefusedError(words.unknown(action, stands.rules))
    reason, exception = (writing.checked(each).strip() for each in (said.reason, said.exception))
    said = Said(said.day, reason, exception)
    if action in NEEDS_REASON and not reason:
        raise RefusedError(_("Skriv varför. Alla parter kan läsa det."))
    _check_day(stands.taken, action, said.day)
    after = lawful.leads_to(stands, action, said.day, excepted=bool(exception))
    excepted = bool(exception) and action in WAITING and stands.block(said.day) is not None
    if action in ENDS:
        matter.agreed = ENDS[action]
    step = own.take(
        session,
        matter,
        action,
        by=by if party.organisation is None else None,
        reason=said.words,
        after=after,
        party_id=party.row.id,
        day=said.day,
        exception=excepted,
    )
    telling.tell(session, matter=matter, of=party, occasion=f"step:{step.id}")
    return step


def _check_day(taken: Sequence[Taken], action: Action, on: date) -> None:
    """Not in the future, and of a notice not in the past. A negotiation goes forwards, and so do
    decision and execution; either may be written down after the other.
    """
    if on > today():
        raise RefusedError(_("Dagen har inte kommit än. Anteckna det när det har hänt."))
    if action in NOTICES and on < today():
        raise RefusedError(_("Det ni skriver är beskedet. Det räknas från den dag ni skriver det."))
    decides = action in WAITING
    last = max(
        (
            each.on
            for each in taken
            if each.action in BEGINNINGS
            or (each.action not in BESIDE and (each.action in WAITING) is decides)
        ),
        default=on,
    )
    if on < last:
        raise RefusedError(
            _("Dagen är före det förra som hände, %(day)s. Rätta dagen.", day=day_words(last))
        )
