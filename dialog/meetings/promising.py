"""What is promised at a meeting: where it was said, and who was there to hear it."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from dialog.commitments.proposing import Source
from dialog.meetings.models import Meeting, MeetingInvitation

KIND: Final = "meeting"
WITH_UNIONS: Final = "Möte med facket"


def source_of(meeting: Meeting) -> Source:
    """Without an address: a meeting's page is for those who were asked to come. Everybody reads
    the title, which of a meeting with unions is not its own.
    """
    return Source(KIND, meeting.id, WITH_UNIONS if meeting.body_id else meeting.title)


def was_there(session: Session, meeting_id: UUID, person_id: UUID) -> bool:
    """Whether somebody was checked in, at the door or from the list."""
    row = session.get(MeetingInvitation, (meeting_id, person_id))
    return row is not None and row.came_at is not None
