"""Asking that what passes have left be laid in another order, when a part of the meeting is over.

A row's place in a table tells when it came. Nothing of a support or a pass is to tell that more
exactly than the item of the agenda, so after each item the rows are laid anew.
"""

from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialog.meetings.models import Meeting
from dialog.storage import outbox

KIND: Final = "meeting.relay"


def ask(session: Session, *, meeting_id: UUID, after: str = "") -> None:
    """Once for each number of events: what came since the last time is laid anew as well. Or once
    `after` something else that is told by its key.
    """
    session.flush()
    query = sa.select(col(Meeting.events)).where(col(Meeting.id) == meeting_id)
    occasion = after or session.connection().scalar(query)
    payload = {"meeting": str(meeting_id)}
    outbox.put(session, kind=KIND, key=f"{KIND}:{meeting_id}:{occasion}", payload=payload)
