"""What is kept only for a meeting is gone when it has ended, or is documented, or a week later."""

from typing import Final

import sqlalchemy as sa
from sqlmodel import Session, col

from dialog.meetings.floor.models import MeetingFloor, MeetingSpeech
from dialog.meetings.groups.models import MeetingGroupMember, MeetingGroupWork
from dialog.meetings.models import Meeting, MeetingState

OVER: Final = frozenset({MeetingState.ENDED, MeetingState.DOCUMENTED, MeetingState.CLOSED})
LAID_TO_REST: Final = OVER - {MeetingState.ENDED}


def forget(session: Session, *, meeting: Meeting, past: bool = False) -> None:
    """Dispose of who was in which group once the meeting is over, and of the speakers' list (who
    asked, who spoke, for how long) once it is documented, or closed without that. Of both when it
    is `past`, whether anybody has ended it or not.
    """
    if past or meeting.state in OVER:
        works = sa.select(col(MeetingGroupWork.id)).where(
            col(MeetingGroupWork.meeting_id) == meeting.id
        )
        session.connection().execute(
            sa.delete(MeetingGroupMember).where(col(MeetingGroupMember.work_id).in_(works))
        )
    if past or meeting.state in LAID_TO_REST:
        for table in (MeetingSpeech, MeetingFloor):
            session.connection().execute(
                sa.delete(table).where(col(table.meeting_id) == meeting.id)
            )
