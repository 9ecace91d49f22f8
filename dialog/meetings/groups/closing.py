"""The groups have finished: what they wrote goes into the minutes."""

from uuid import UUID

from sqlmodel import Session

from dialog.meetings import documenting, steps
from dialog.meetings.groups import working
from dialog.meetings.models import Meeting


def close(session: Session, *, meeting: Meeting, by: UUID) -> None:
    """Nobody writes in the notes any more, and minutes that are there get them; minutes that are
    begun later begin with them. If no groups are open nothing changes.
    """
    steps.hold(session, meeting=meeting)
    work = working.open_row(session, meeting=meeting)
    if work is None:
        return
    session.refresh(work, with_for_update=True)
    work.open = False
    session.add(work)
    working.tell(session, work)
    documenting.take_in(session, work=work, by=by)
