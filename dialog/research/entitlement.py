"""Whose data a round's are: a review's are its university's, from the round's own approval on."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.core.review import DataAccess, access
from dialog.people.permissions import Preparable
from dialog.research.models import DataApplication, DataChoice, Preparing, RoundData
from dialog.surveys import programmes
from dialog.surveys.models import Round, RoundState
from dialog.surveys.programme_models import ReviewPerson

# A review's data can be had as soon as the answers are opened: its university waits for nobody.
OPENED = (RoundState.OPENED, RoundState.RELEASED, RoundState.ARCHIVED)


def of_rounds(session: Session, *, rounds: Iterable[Round], applicant: UUID) -> DataAccess:
    """How `applicant` can have data of these rounds together."""
    universities = [programmes.approved_university(session, round_=round_) for round_ in rounds]
    return access(universities, applicant=applicant)


def of_application(session: Session, *, application: DataApplication) -> DataAccess:
    query = (
        select(Round)
        .join(DataChoice, col(DataChoice.round_id) == col(Round.id))
        .where(DataChoice.application_id == application.id)
    )
    return of_rounds(session, rounds=session.exec(query), applicant=application.author_id)


def is_open_to(session: Session, *, round_: Round, person_id: UUID) -> bool:
    """Whether somebody may apply for the round at all."""
    found = of_rounds(session, rounds=[round_], applicant=person_id)
    return found is not DataAccess.NOT_THEIRS


def preparable(session: Session, *, round_: Round) -> Preparable:
    """What the table of permissions asks of a round that is to be made ready."""
    return Preparable(programmes.approved_university(session, round_=round_))


def to_prepare(session: Session, *, person_id: UUID) -> Sequence[Round]:
    """Rounds of reviews that somebody of the university can make ready now, by title."""
    query = (
        select(Round)
        .join(ReviewPerson, col(ReviewPerson.round_id) == col(Round.id))
        .join(RoundData, col(RoundData.round_id) == col(Round.id), isouter=True)
        .where(
            ReviewPerson.person_id == person_id,
            col(Round.state).in_(OPENED),
            col(RoundData.round_id).is_(None) | (col(RoundData.state) != Preparing.READY),
        )
        .order_by(col(Round.title), col(Round.id))
    )
    return session.exec(query).all()
