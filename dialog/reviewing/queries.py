"""What waits to be reviewed, and what may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.reviewing.models import ApprovedText, TextDecision
from dialog.surveys.models import Round, RoundState, TextAnswer

PAGE: Final = 50  # decisions
OPEN = (RoundState.RELEASED, RoundState.ARCHIVED)


@dataclass(frozen=True)
class Queue:
    """A released round with free texts: how many there are, and how many wait."""

    round_: Round
    texts: int
    waiting: int

    @property
    def pages(self) -> int:
        """Of decisions."""
        return max(1, -(-(self.texts - self.waiting) // PAGE))


def queues(session: Session) -> list[Queue]:
    """Released rounds whose originals are still kept, those with most waiting first."""
    query = (
        sa.select(
            col(TextAnswer.round_id), sa.func.count(), sa.func.count(col(TextDecision.text_id))
        )
        .outerjoin(TextDecision, col(TextDecision.text_id) == col(TextAnswer.id))
        .join(Round, col(Round.id) == col(TextAnswer.round_id))
        .where(col(Round.state).in_(OPEN))
        .group_by(col(TextAnswer.round_id))
    )
    counted = session.connection().execute(query).all()
    found = [
        Queue(session.get_one(Round, round_id), texts, texts - decided)
        for round_id, texts, decided in counted
    ]
    return sorted(found, key=lambda one: (-one.waiting, one.round_.title))


def queue(session: Session, *, round_id: UUID) -> Queue | None:
    return next((one for one in queues(session) if one.round_.id == round_id), None)


def next_waiting(session: Session, *, round_id: UUID) -> UUID | None:
    """A text that nobody has decided on. Ids are random: the order says nothing."""
    query = (
        select(TextAnswer.id)
        .outerjoin(TextDecision, col(TextDecision.text_id) == col(TextAnswer.id))
        .where(TextAnswer.round_id == round_id, col(TextDecision.text_id).is_(None))
        .order_by(col(TextAnswer.item), col(TextAnswer.id))
        .limit(1)
    )
    return session.exec(query).first()


def text_of(session: Session, *, text_id: UUID) -> TextAnswer | None:
    """A text of a released round."""
    query = (
        select(TextAnswer)
        .join(Round, col(Round.id) == col(TextAnswer.round_id))
        .where(TextAnswer.id == text_id, col(Round.state).in_(OPEN))
    )
    return session.exec(query).first()


def decision(session: Session, *, text_id: UUID) -> TextDecision | None:
    return session.get(TextDecision, text_id)


def decided(
    session: Session, *, round_id: UUID, page: int = 1
) -> Sequence[tuple[TextDecision, str]]:
    """A page of the decisions on the round's texts with what is shown (empty: nothing)."""
    query = (
        select(TextDecision, ApprovedText.text)
        .join(TextAnswer, col(TextAnswer.id) == col(TextDecision.text_id))
        .outerjoin(ApprovedText, col(ApprovedText.id) == col(TextDecision.approved_id))
        .where(TextAnswer.round_id == round_id)
        .order_by(col(TextAnswer.item), col(TextDecision.text_id))
        .offset(PAGE * (page - 1))
        .limit(PAGE)
    )
    return [(one, text or "") for one, text in session.exec(query)]


def approved(session: Session, *, round_id: UUID, unit: str) -> list[ApprovedText]:
    """What is shown for a unit: its texts and those of all below it, in the order of their random
    ids, so that nothing tells which came first or from where.
    """
    query = (
        select(ApprovedText)
        .where(
            ApprovedText.round_id == round_id,
            col(ApprovedText.path).contains(f"/{unit}/", autoescape=True),
        )
        .order_by(col(ApprovedText.id))
    )
    return list(session.exec(query))
