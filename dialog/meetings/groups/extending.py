"""Groups that are at work get more time."""

from datetime import timedelta
from typing import Final

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.meetings import steps
from dialog.meetings.groups import working
from dialog.meetings.models import Meeting
from dialog.storage.clock import now

MORE: Final = (2, 5)  # minutes that are given at a time


def extend(session: Session, *, meeting: Meeting, seen: int, more: int) -> None:
    """Give the groups `more` minutes, from when their time ends or, where it is over or had no
    limit, from now. `seen` is how many they had for whoever gives them: what is sent twice, or by
    two at once, is given once. Raises RefusedError.
    """
    steps.hold(session, meeting=meeting)
    work = working.open_row(session, meeting=meeting)
    if work is None:
        raise RefusedError(_("Mötet är inte i grupper nu."))
    session.refresh(work, with_for_update=True)
    if work.minutes != seen:
        raise RefusedError(_("Grupperna har redan fått en ny tid. Se efter om den räcker."))
    gone = -((work.began_at - now()) // timedelta(minutes=1))  # a minute that has begun counts
    work.minutes = max(work.minutes, gone) + more
    session.add(work)
    working.tell(session, work)
