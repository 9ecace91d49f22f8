"""Review programmes: made and named by an administrator, read by everything that asks whose round
it is.
"""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.people.models import Person
from dialog.surveys.models import Round, RoundState
from dialog.surveys.programme_models import Programme, ProgrammePerson, ReviewPerson

UNDECIDED = (RoundState.DRAFT, RoundState.REVIEW, RoundState.CANCELLED)  # not (or no more) approved


def create(session: Session, *, by: UUID, name: str, principal: str) -> Programme:
    """A new programme, of nobody yet. Raises RefusedError if there is one of that name."""
    made = Programme(author_id=by, name=_free(session, name), principal=" ".join(principal.split()))
    session.add(made)
    session.flush()
    return made


def change(
    session: Session,
    *,
    programme: Programme,
    by: UUID,
    name: str,
    principal: str,
    people: Collection[UUID],
) -> None:
    """Write down its name, who leads it, and the university's people from now on. Rounds that are
    approved keep theirs. Raises RefusedError.
    """
    session.refresh(programme, with_for_update=True)
    told = " ".join(name.split()), " ".join(principal.split())
    if told != (programme.name, programme.principal):
        if has_approved(session, programme=programme):
            raise RefusedError(
                _(
                    "En omgång i granskningen är godkänd. Namnet och lärosätet ändras inte efter"
                    " det, bara personerna."
                )
            )
        if told[0] != programme.name:
            _free(session, told[0])
        programme.name, programme.principal = told
        session.add(programme)
    known = university(session, programme_id=programme.id)
    gone = known - set(people)
    session.connection().execute(
        sa.delete(ProgrammePerson).where(
            col(ProgrammePerson.programme_id) == programme.id,
            col(ProgrammePerson.person_id).in_(gone),
        )
    )
    for person_id in set(people) - known:
        session.add(ProgrammePerson(programme_id=programme.id, person_id=person_id, added_by=by))
    session.flush()


def _free(session: Session, name: str) -> str:
    name = " ".join(name.split())
    if session.exec(select(Programme.id).where(Programme.name == name)).first() is not None:
        raise RefusedError(_("Det finns redan en granskning med det namnet. Välj ett annat."))
    return name


def has_approved(session: Session, *, programme: Programme) -> bool:
    """Whether one of its rounds is approved, or has come further."""
    query = select(Round.id).where(
        Round.programme_id == programme.id, col(Round.state).not_in(UNDECIDED)
    )
    return session.exec(query.limit(1)).first() is not None


def programmes(session: Session) -> Sequence[Programme]:
    """All of them, the latest first."""
    order = (col(Programme.made_at).desc(), col(Programme.id))
    return session.exec(select(Programme).order_by(*order)).all()


def people_of(session: Session, *, programme_id: UUID) -> Sequence[Person]:
    """The university's people as they are named now, by name."""
    return _by_name(
        session,
        sa.select(col(ProgrammePerson.person_id)).where(
            col(ProgrammePerson.programme_id) == programme_id
        ),
    )


def approved_people(session: Session, *, round_: Round) -> Sequence[Person]:
    """Those who were the university's when the round was approved, by name."""
    return _by_name(
        session,
        sa.select(col(ReviewPerson.person_id)).where(col(ReviewPerson.round_id) == round_.id),
    )


def _by_name(session: Session, ids: Any) -> Sequence[Person]:
    name_key = Person.__table__.c.name_key  # type: ignore[attr-defined]  # added by SQLAlchemy
    query = select(Person).where(col(Person.id).in_(ids))
    return session.exec(query.order_by(name_key, col(Person.email))).all()


def university(session: Session, *, programme_id: UUID) -> frozenset[UUID]:
    """The university's people as they are named now."""
    query = select(ProgrammePerson.person_id).where(ProgrammePerson.programme_id == programme_id)
    return frozenset(session.exec(query))


def named_by(session: Session, *, programme_id: UUID) -> frozenset[UUID]:
    """Who has named the programme's people, or made it."""
    query = select(ProgrammePerson.added_by).where(ProgrammePerson.programme_id == programme_id)
    made = session.get_one(Programme, programme_id)
    return frozenset({made.author_id, *session.exec(query)})


def of_round(session: Session, *, round_: Round) -> Programme | None:
    """The review that a round belongs to; None for all others."""
    if round_.programme_id is None:
        return None
    return session.get_one(Programme, round_.programme_id)


def approved_university(session: Session, *, round_: Round) -> frozenset[UUID] | None:
    """The university's people as they were when the round was approved (nobody before that);
    None for a round of no review.
    """
    if round_.programme_id is None:
        return None
    query = select(ReviewPerson.person_id).where(ReviewPerson.round_id == round_.id)
    return frozenset(session.exec(query))


def freeze(session: Session, *, round_: Round) -> None:
    """Keep who the university's people are, at the round's approval."""
    if round_.programme_id is None:
        return
    for person_id in university(session, programme_id=round_.programme_id):
        session.add(ReviewPerson(round_id=round_.id, person_id=person_id))
    session.flush()
