"""A university that leads a review, for tests: its people, the programme, and a round of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from dialog.core.review import SubStudy
from dialog.people.models import Person, Role
from dialog.storage.clock import today
from dialog.surveys import programmes
from dialog.surveys.models import Round
from dialog.surveys.programme_models import Programme
from dialog.surveys.rounds import approving, planning, university
from tests import makers
from tests.surveys.rounds.cast import Cast
from tests.trustees import Held, appoint, pair

EMBARGO = timedelta(days=60)


@dataclass(frozen=True)
class University:
    """Its people: who writes the questionnaire, who holds a key with a deputy, who has the data."""

    programme: Programme
    administrator: Person
    author: Person
    holder: Person
    deputy: Person
    researcher: Person


def found(db: Session, *, administrator: Person | None = None) -> University:
    """A programme with a university's people in it."""
    administrator = administrator or makers.administrator(db)
    people = [
        makers.person(db, "Ulla Universitas", Role.ANALYST, Role.RESEARCHER),
        makers.person(db, "Holger Lärosäte", Role.TRUSTEE),
        makers.person(db, "Disa Lärosäte", Role.TRUSTEE),
        makers.person(db, "Fredrika Forskare", Role.RESEARCHER),
    ]
    programme = programmes.create(
        db,
        by=administrator.id,
        name="Granskningen av tystnadskultur",
        principal="Exempelstads universitet",
    )
    programmes.change(
        db,
        programme=programme,
        by=administrator.id,
        name=programme.name,
        principal=programme.principal,
        people=[person.id for person in people],
    )
    db.commit()
    return University(programme, administrator, *people)


def plan(
    cast: Cast,
    of: University,
    *,
    sub_study: SubStudy = SubStudy.STAFF,
    released_from: date | None = None,
) -> tuple[Round, list[Held]]:
    """A draft without faults, whose questions and one key are the university's."""
    cast.survey.author_id = of.author.id
    cast.db.add(cast.survey)
    round_ = cast.plan(
        programme_id=of.programme.id,
        sub_study=sub_study,
        released_from=released_from or today() + EMBARGO,
        keep_unit_until=today() + timedelta(days=150),
    )
    held = appoint(cast.db, round_, people=[(of.holder, of.deputy), pair(cast.db, 2)])
    cast.db.commit()
    return round_, held


def approve(cast: Cast, of: University, round_: Round) -> None:
    """Hand in, the university confirms its questions, somebody else approves."""
    planning.submit(cast.db, round_=round_, by=cast.analyst.id)
    university.confirm(cast.db, round_=round_, by=of.author.id)
    approving.approve(cast.db, round_=round_, by=cast.approver.id, settings=cast.settings)
    cast.db.commit()


def belongs(
    db: Session,
    round_: Round,
    of: University,
    *,
    sub_study: SubStudy = SubStudy.STAFF,
    released_from: date | None = None,
) -> None:
    """Make a round that casts have made, at any stage, one of the review, as approved."""
    round_.programme_id, round_.sub_study = of.programme.id, sub_study
    round_.released_from = released_from or today() + EMBARGO
    db.add(round_)
    db.flush()
    programmes.freeze(db, round_=round_)
    db.commit()
