"""Who of a meeting gets mail, and where each is reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.meetings.models import Meeting, MeetingInvitation
from dialog.people.models import Person
from dialog.unions import notices

NEVER_TOLD: Final = -1


@dataclass(frozen=True)
class Recipient:
    person_id: UUID
    name: str
    email: str
    language: str
    told: int
    withdrawn: bool
    private: bool = False  # asked as who represents a union, or to a meeting with unions
    mandate_id: UUID | None = None  # whose address it is, where they have chosen one


def recipients_of(
    session: Session, *, meeting: Meeting, where: Sequence[sa.ColumnElement[bool]]
) -> list[Recipient]:
    """Those of the invited, with the address where each is reached: who represents a union, at the
    one that they have chosen.
    """
    query = (
        select(MeetingInvitation, Person)
        .join(Person, col(Person.id) == col(MeetingInvitation.person_id))
        .where(MeetingInvitation.meeting_id == meeting.id, *where, col(Person.active))
        .order_by(col(MeetingInvitation.person_id))
    )
    found = session.exec(query).all()
    chosen = notices.chosen(
        session, people=[(row.person_id, row.body_id) for row, _who in found if row.body_id]
    )
    made = []
    for row, who in found:
        mandate = chosen.get(who.id)
        made.append(
            Recipient(
                person_id=who.id,
                name=who.name,
                email=mandate.notice_email if mandate else who.email,
                language=who.language,
                told=row.told,
                withdrawn=row.withdrawn,
                private=row.body_id is not None or meeting.body_id is not None,
                mandate_id=mandate.id if mandate else None,
            )
        )
    return made


def recipient(session: Session, *, meeting: Meeting, person_id: UUID) -> Recipient | None:
    """How somebody of the meeting is reached, asked to come or not; None: they have left."""
    one = col(MeetingInvitation.person_id) == person_id
    found = recipients_of(session, meeting=meeting, where=(one,))
    if found:
        return found[0]
    who = session.get(Person, person_id)
    if who is None or not who.active:
        return None
    private = meeting.body_id is not None
    return Recipient(who.id, who.name, who.email, who.language, NEVER_TOLD, False, private)


def note(session: Session, *, to: Recipient, problem: str) -> None:
    """Show to those who send mail that it does not reach somebody; of an address that somebody has
    chosen for a mandate, to them alone.
    """
    if to.mandate_id is not None:
        notices.note_problem(session, mandate_id=to.mandate_id, problem=problem)
        return
    session.connection().execute(
        sa.update(Person).where(col(Person.id) == to.person_id).values(mail_problem=problem)
    )
