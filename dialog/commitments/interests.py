"""What waits for one person: to accept or to do, to answer, and to decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.commitments.models import Commitment, PromisedTo
from dialog.commitments.parties import is_below
from dialog.commitments.queries import Listed, listed, stands
from dialog.core.commitments import PROMISED, State
from dialog.organisation.models import Unit
from dialog.storage.clock import today


def to_answer(session: Session, *, person_id: UUID, limit: int) -> list[Listed]:
    """Reported done, and promised to the person, alone or as one of a unit's people. Of those who
    were at a meeting its own room knows.
    """
    query = (
        select(Commitment)
        .join(Unit, col(Unit.id) == col(Commitment.to_unit_id), isouter=True)
        .where(Commitment.owner_id != person_id, *_answerable(person_id))
        .order_by(col(Commitment.answer_until), col(Commitment.id))
    )
    return listed(session, query.limit(limit))


def _answerable(person_id: UUID) -> tuple[sa.ColumnElement[bool], ...]:
    """Of a statement where `Unit` is the one it was promised to."""
    of_unit = col(Commitment.promised_to) == PromisedTo.UNIT
    return (
        col(Commitment.state) == State.DONE,
        sa.or_(
            col(Commitment.to_person_id) == person_id,
            sa.and_(of_unit, is_below(person_id=person_id)),
        ),
    )


@dataclass(frozen=True)
class Interest:
    """What waits for one person: to do or accept, to answer, and to decide on or to remind of."""

    owned: Sequence[Listed]
    to_answer: Sequence[Listed]
    to_decide: Sequence[Listed]


def of_interest(session: Session, *, person_id: UUID, keeps: bool, limit: int) -> Interest:
    """In one statement, `limit` in all; days that others have asked for, and what is late, only for
    one who `keeps` the list.
    """
    state = col(Commitment.state)
    mine = col(Commitment.owner_id) == person_id
    waits = [
        sa.and_(mine, state.in_(PROMISED | {State.PROPOSED})),
        sa.and_(sa.not_(mine), *_answerable(person_id)),
    ]
    if keeps:
        late = col(Commitment.due) < today()
        asked = sa.or_(col(Commitment.asked_due).is_not(None), late)
        waits.append(sa.and_(sa.not_(mine), state.in_(PROMISED), asked))
    query = select(Commitment).join(Unit, col(Unit.id) == col(Commitment.to_unit_id), isouter=True)
    order = (col(Commitment.due).asc().nulls_first(), col(Commitment.id))
    rows = session.exec(query.where(sa.or_(*waits)).order_by(*order).limit(limit)).all()
    day = today()
    found = [Listed(each, "", stands(each, day)) for each in rows]
    return Interest(
        [one for one in found if one.commitment.owner_id == person_id],
        [one for one in found if one.commitment.state is State.DONE],
        [
            one
            for one in found
            if one.commitment.owner_id != person_id and one.commitment.state is not State.DONE
        ],
    )
