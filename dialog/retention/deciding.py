"""Decisions of retention, and putting matters under them: all that are named, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.diary import numbers
from dialog.core.errors import RefusedError
from dialog.diary import queries as diary
from dialog.diary.models import DiaryAuthority, DiaryMatter
from dialog.people import steps
from dialog.retention.models import MatterRetention, RetentionDecision
from dialog.storage.clock import now


@dataclass(frozen=True)
class Said:
    """What a decision says: where it can be read, which matters it is for, how long they stay."""

    authority_id: UUID
    name: str
    about: str
    months: int


def record(session: Session, *, said: Said, by: UUID) -> RetentionDecision:
    """Raises RefusedError if it is recorded already."""
    same = select(RetentionDecision).where(
        RetentionDecision.authority_id == said.authority_id,
        RetentionDecision.name == said.name,
    )
    if session.exec(same).first() is not None:
        raise RefusedError(_("Beslutet finns redan här. Ett beslut ändras inte: fatta ett nytt."))
    made = RetentionDecision(
        authority_id=said.authority_id, name=said.name, about=said.about,
        months=said.months, author_id=by,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def end(session: Session, *, decision: RetentionDecision) -> None:
    """From now on nothing is disposed of by it: its matters are kept until another decision is
    made for them. Harmless twice.
    """
    steps.hold(session, decision)
    decision.ended_at = decision.ended_at or now()
    session.add(decision)
    session.connection().execute(
        sa.delete(MatterRetention).where(col(MatterRetention.decision_id) == decision.id)
    )


def put_under(
    session: Session, *, decision: RetentionDecision, named: Sequence[str], by: UUID
) -> int:
    """Matters by their numbers, moved from the decision that they were under before. How many.
    Raises RefusedError, and changes nothing then, if one of them cannot be.
    """
    steps.hold(session, decision)
    if decision.ended_at is not None:
        raise RefusedError(_("Beslutet gäller inte längre. Välj ett annat."))
    # A run that disposes of a matter holds its diary: what is moved here is not disposed of there.
    steps.hold(session, session.get_one(DiaryAuthority, decision.authority_id))
    found = [_matter(session, decision, each) for each in dict.fromkeys(named)]
    ids = [each.id for each in found]
    session.connection().execute(
        sa.delete(MatterRetention).where(col(MatterRetention.matter_id).in_(ids))
    )
    for each in dict.fromkeys(ids):
        session.add(MatterRetention(matter_id=each, decision_id=decision.id, author_id=by))
    session.flush()
    return len(set(ids))


def _matter(session: Session, decision: RetentionDecision, named: str) -> DiaryMatter:
    number = numbers.read(named)
    if number is None or number.document is not None:
        raise RefusedError(
            _("”%(text)s” är inget ärendes nummer. Skriv det så här: RS 2026-00417.", text=named)
        )
    found = diary.matter(session, number=number)
    if found is None or found[0].id != decision.authority_id:
        raise RefusedError(
            _("%(number)s finns inte i den här myndighetens diarium.", number=number)
        )
    return found[1]
