"""What somebody is to a commitment: its owner, one of those it was promised to, or neither."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.commitments import gatherings
from dialog.commitments.models import Commitment, PromisedTo
from dialog.organisation.models import Post, Unit


@dataclass(frozen=True)
class Party:
    owns: bool = False
    answers: bool = False  # is one of those it was promised to

    def __bool__(self) -> bool:
        return self.owns or self.answers


def party(session: Session, *, commitment: Commitment, person_id: UUID | None) -> Party:
    """Whoever promised something does not say whether it was done, promised to them or not."""
    if person_id is None:
        return Party()
    if commitment.owner_id == person_id:
        return Party(owns=True)
    return Party(answers=_was_promised(session, commitment, person_id))


def _was_promised(session: Session, commitment: Commitment, person_id: UUID) -> bool:
    if commitment.promised_to is PromisedTo.PERSON:
        return commitment.to_person_id == person_id
    if commitment.promised_to is PromisedTo.GATHERING:
        return commitment.source_id is not None and gatherings.was_there(
            session,
            kind=commitment.source_kind,
            source_id=commitment.source_id,
            person_id=person_id,
        )
    found = select(sa.literal(1)).where(
        col(Unit.id) == commitment.to_unit_id, is_below(person_id=person_id)
    )
    return session.exec(found.limit(1)).first() is not None


def is_below(*, person_id: UUID) -> sa.ColumnElement[bool]:
    """Whether the person has a post in the `Unit` of a statement or below it."""
    place = sa.orm.aliased(Unit)
    return (
        sa.exists()
        .select_from(sa.join(Post, place, col(Post.unit_id) == col(place.id)))
        .where(
            col(Post.person_id) == person_id,
            sa.func.substr(col(place.path), 1, sa.func.length(col(Unit.path))) == col(Unit.path),
        )
    )
