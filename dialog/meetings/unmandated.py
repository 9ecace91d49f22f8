"""Of who was asked to a meeting for a union nothing is kept there when the mandate is removed."""

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.desk import Desk
from dialog.meetings import steps, telling
from dialog.meetings.models import Meeting, MeetingInvitation
from dialog.meetings.recipients import NEVER_TOLD
from dialog.meetings.states import COMING
from dialog.people.models import Person
from dialog.storage.clock import now
from dialog.storage.scrubbing import scrub
from dialog.unions.models import Mandate


def forget_due(desk: Desk) -> None:
    """Look at every meeting that somebody was asked to under a mandate that is there no more. Who
    still has it in a calendar is told first that they are not asked. Again it finds nothing.
    """
    with desk.reading() as session:
        meetings = session.exec(select(MeetingInvitation.meeting_id).where(_left()).distinct())
        due = list(meetings)
    for meeting_id in due:
        with desk.writing() as session:
            meeting = session.get_one(Meeting, meeting_id)
            steps.hold(session, meeting=meeting)
            _forget(session, meeting)
            session.commit()
    if due:
        scrub(desk.engine, "meeting_invitation")


def _left() -> sa.ColumnElement[bool]:
    row = MeetingInvitation
    mandates = sa.select(col(Mandate.id)).where(
        col(Mandate.person_id) == col(row.person_id), col(Mandate.body_id) == col(row.body_id)
    )
    return sa.and_(col(row.body_id).is_not(None), ~mandates.exists())


def _forget(session: Session, meeting: Meeting) -> None:
    query = select(MeetingInvitation, Person).join(
        Person, col(Person.id) == col(MeetingInvitation.person_id)
    )
    asked = 0
    for row, who in session.exec(query.where(MeetingInvitation.meeting_id == meeting.id, _left())):
        if row.told == NEVER_TOLD or not who.active or not _is_ahead(meeting):
            session.delete(row)
        elif not row.withdrawn:
            row.withdrawn, row.waiting = True, False
            session.add(row)
            asked += 1
    session.flush()
    if asked:
        telling.news(session, meeting=meeting)


def _is_ahead(meeting: Meeting) -> bool:
    return meeting.state in COMING and (meeting.starts_at is None or meeting.starts_at > now())
