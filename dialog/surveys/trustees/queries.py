"""What is asked about trustees: which place somebody has, and what waits for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from dialog.people.models import Person
from dialog.surveys.holders import steps_of, trustees_of, turn
from dialog.surveys.key_models import Trustee
from dialog.surveys.models import KeyHolder, Round, RoundState
from dialog.surveys.rounds.states import CREATE, Action
from dialog.surveys.rounds.steps import last_time

BEFORE_APPROVAL: Final = (RoundState.DRAFT, RoundState.REVIEW)
HOLDING: Final = (RoundState.APPROVED, RoundState.OPEN, RoundState.PAUSED)


class Task(StrEnum):
    """What a trustee or a deputy is asked to do."""

    MAKE = "make"  # the key, and keep it
    TRY = "try"  # their copy of it
    OPEN = "open"  # it is the trustee's turn; the deputy may
    DESTROY = "destroy"  # every copy they have


@dataclass(frozen=True)
class Asked:
    """A task of one person, and since when."""

    round_id: UUID
    round_title: str
    trustee: Trustee
    person_id: UUID
    task: Task
    since: datetime

    @property
    def is_deputy(self) -> bool:
        return self.person_id == self.trustee.deputy_id


def place_of(session: Session, *, round_id: UUID, person_id: UUID | None) -> Trustee | None:
    """The place that a person has in a round, as its trustee or deputy."""
    query = select(Trustee).where(
        Trustee.round_id == round_id,
        sa.or_(col(Trustee.person_id) == person_id, col(Trustee.deputy_id) == person_id),
    )
    return session.exec(query).first()


def places(session: Session, *, round_id: UUID) -> int:
    """How many trustees the round has."""
    return len(trustees_of(session, round_id=round_id))


def name_of(session: Session, trustee: Trustee) -> str:
    """For example "Carl Ek (skyddsombud)": trustees of a round know of each other."""
    return f"{session.get_one(Person, trustee.person_id).name} ({trustee.function})"


def asked_of(session: Session, *, person_id: UUID) -> list[Asked]:
    """What waits for this person, what has waited longest first."""
    mine = select(Trustee.round_id).where(
        sa.or_(col(Trustee.person_id) == person_id, col(Trustee.deputy_id) == person_id)
    )
    found = [each for each in asked(session, rounds=mine) if each.person_id == person_id]
    return sorted(found, key=lambda each: each.since)


def held_by(session: Session, *, person_id: UUID) -> list[tuple[Round, Trustee]]:
    """The rounds in which the person has a place that still matters."""
    done = (RoundState.CANCELLED, RoundState.ARCHIVED)
    rows = session.exec(
        select(Round, Trustee)
        .join(Trustee, col(Trustee.round_id) == col(Round.id))
        .where(
            sa.or_(col(Trustee.person_id) == person_id, col(Trustee.deputy_id) == person_id),
            col(Round.key_holder) == KeyHolder.TRUSTEES,
            col(Round.state).not_in(done),
        )
        .order_by(col(Round.title), col(Round.id))
    )
    return list(rows)


def is_over(trustee: Trustee, *, person_id: UUID) -> bool:
    """Whether the person has nothing of the key any more, as they have confirmed."""
    if person_id == trustee.deputy_id:
        return trustee.deputy_destroyed_at is not None
    return trustee.own_destroyed_at is not None


def asked(session: Session, *, rounds: SelectOfScalar[UUID] | None = None) -> Iterator[Asked]:
    """Everything that trustees and deputies are asked to do now, in all rounds or in some."""
    wanted = [
        col(Round.key_holder) == KeyHolder.TRUSTEES,
        sa.or_(
            col(Round.state).in_((RoundState.REVIEW, RoundState.CLOSED)),
            sa.and_(col(Round.state) == RoundState.DRAFT, col(Round.standing_plan).is_not(None)),
            col(Round.key_destroyed_at).is_not(None),
        ),
    ]
    if rounds is not None:
        wanted.append(col(Round.id).in_(rounds))
    for round_ in session.exec(select(Round).where(*wanted)).all():
        for trustee, person_id, task, since in _of_round(session, round_):
            yield Asked(round_.id, round_.title, trustee, person_id, task, since)


_One = tuple[Trustee, UUID, Task, datetime]


def _of_round(session: Session, round_: Round) -> Iterator[_One]:
    trustees = trustees_of(session, round_id=round_.id)
    if round_.state in BEFORE_APPROVAL:
        # A round of a standing plan goes through review in a moment: its keys are made before.
        since = CREATE if round_.state is RoundState.DRAFT else Action.SUBMIT
        submitted = last_time(session, round_=round_, action=since)
        for each in trustees:
            yield from _before_approval(each, submitted)
    elif round_.state is RoundState.CLOSED:
        taken = steps_of(session, round_id=round_.id)
        opening = turn(trustees, taken)
        if opening is not None:
            for who in (opening.person_id, opening.deputy_id):
                yield opening, who, Task.OPEN, taken[-1].at
    elif round_.key_destroyed_at is not None:
        for each in trustees:
            if each.public_key and each.own_destroyed_at is None:
                yield each, each.person_id, Task.DESTROY, round_.key_destroyed_at
            if each.deputy_tested_at is not None and each.deputy_destroyed_at is None:
                yield each, each.deputy_id, Task.DESTROY, round_.key_destroyed_at


def _before_approval(trustee: Trustee, submitted: datetime) -> Iterator[_One]:
    if not trustee.public_key or trustee.registered_at is None:
        yield trustee, trustee.person_id, Task.MAKE, submitted
        return
    since = max(trustee.registered_at, submitted)
    if trustee.own_tested_at is None:
        yield trustee, trustee.person_id, Task.TRY, since
    elif trustee.deputy_tested_at is None:  # only then is there a copy to be had
        yield trustee, trustee.deputy_id, Task.TRY, max(since, trustee.own_tested_at)
