"""Noting that somebody's address took no mail, which is shown to those who send it."""

from uuid import UUID

from sqlmodel import Session

from dialog.desk import Finish
from dialog.people.models import Person


def note(session: Session, *, person_id: UUID, problem: str) -> None:
    person = session.get_one(Person, person_id)
    person.mail_problem = problem
    session.add(person)


def noting(person_id: UUID, problem: str) -> Finish | None:
    """What a duty of the worker's gives back of the `problem` that sending told; None of none."""
    if not problem:
        return None
    return lambda session: note(session, person_id=person_id, problem=problem)
