"""Notices to representatives: to the address that each has chosen for their mandate."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.desk import Finish
from dialog.people import undelivered
from dialog.unions.models import Mandate


@dataclass(frozen=True)
class Reached:
    """Where a mail goes, and whether it tells that somebody represents a union; `mandate_id` is
    whose address it is, where they have chosen one.
    """

    email: str
    private: bool = False
    mandate_id: UUID | None = None


def chosen(session: Session, *, people: Iterable[tuple[UUID, UUID]]) -> dict[UUID, Mandate]:
    """By person, for (person, body): the latest mandate there, where it has an address of its own.
    An ended one too: who was asked must hear that they are not any more.
    """
    wanted = dict(people)
    query = (
        select(Mandate)
        .where(sa.tuple_(col(Mandate.person_id), col(Mandate.body_id)).in_(list(wanted.items())))
        .order_by(col(Mandate.starts_on))
    )
    latest = {mandate.person_id: mandate for mandate in session.exec(query)} if wanted else {}
    return {person: mandate for person, mandate in latest.items() if mandate.notice_email}


def note_problem(session: Session, *, mandate_id: UUID, problem: str) -> None:
    """The address took no mail. Kept with the mandate: on the person it would tell others."""
    session.connection().execute(
        sa.update(Mandate).where(col(Mandate.id) == mandate_id).values(mail_problem=problem)
    )


def noting(person_id: UUID, mandate_id: UUID | None, problem: str) -> Finish | None:
    """What a duty of the worker's gives back of the `problem` that sending told; None of none. It
    is the mandate's where the address is, and else the person's.
    """
    if mandate_id is None or not problem:
        return undelivered.noting(person_id, problem)
    return lambda session: note_problem(session, mandate_id=mandate_id, problem=problem)
