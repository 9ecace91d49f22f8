"""What is held about one person here, for that person to see."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.commitments import answering, subjects
from dialog.commitments.models import (
    Commitment,
    CommitmentFollower,
    CommitmentStep,
    ProgressReport,
)
from dialog.people.models import Person


@dataclass(frozen=True)
class Held:
    owned: Sequence[str]  # titles
    promised: Sequence[str]  # to the person alone
    following: Sequence[str]  # with the person's address; "" is everything
    recorded: int
    reports: int
    steps: int  # taken: who, when and why
    voices: int  # that can be told to be the person's, until they are counted


def held_about(session: Session, *, person: Person, keys: Path) -> Held:
    """Ask every table that has a column for a person, or an address, or a mark made of one."""
    followed = session.exec(
        select(CommitmentFollower.what)
        .where(CommitmentFollower.email == person.email)
        .order_by(col(CommitmentFollower.what))
    ).all()
    return Held(
        owned=_titles(session, col(Commitment.owner_id) == person.id),
        promised=_titles(session, col(Commitment.to_person_id) == person.id),
        following=[subjects.name_of(session, what=what) for what in followed],
        recorded=_count(session, col(Commitment.recorder_id) == person.id),
        reports=_count(session, col(ProgressReport.person_id) == person.id),
        steps=_count(session, col(CommitmentStep.person_id) == person.id),
        voices=answering.held_of(session, person_id=person.id, key=answering.voice_key(keys)),
    )


def _titles(session: Session, where: sa.ColumnElement[bool]) -> Sequence[str]:
    query = select(Commitment.title).where(where).order_by(col(Commitment.title))
    return session.exec(query).all()


def _count(session: Session, where: sa.ColumnElement[bool]) -> int:
    return session.exec(select(sa.func.count()).where(where)).one()
