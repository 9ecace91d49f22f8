"""What is kept only for a meeting is gone when it is documented, or closed without that."""

from typing import Final

import sqlalchemy as sa
from sqlmodel import Session, col

from dialog.meetings.floor.models import MeetingFloor, MeetingSpeech
from dialog.meetings.models import Meeting, MeetingState

AT: Final = frozenset({MeetingState.DOCUMENTED, MeetingState.CLOSED})


def forget(session: Session, *, meeting: Meeting) -> None:
    """Dispose of the speakers' list: who asked, who spoke, and for how long."""
    for table in (MeetingSpeech, MeetingFloor):
        session.connection().execute(sa.delete(table).where(col(table.meeting_id) == meeting.id))
