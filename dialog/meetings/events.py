"""What happens in a meeting, numbered: whoever follows it asks for what is newer than a number."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.meetings.live_models import EventKind, MeetingEvent
from dialog.meetings.models import Meeting


def tell(session: Session, *, meeting_id: UUID, kind: EventKind, about: UUID | None = None) -> int:
    """Write down that something happened, in the transaction where it happens; its number. Taking
    the number locks the meeting's row until the transaction ends, so that there are no gaps and
    whoever has seen a number can have seen all that are smaller. `about` is the key of an item or
    a question, never of a person.
    """
    session.flush()
    number = session.connection().scalar(
        sa.update(Meeting)
        .where(col(Meeting.id) == meeting_id)
        .values(events=col(Meeting.events) + 1)
        .returning(col(Meeting.events))
        .execution_options(synchronize_session=False)
    )
    payload: dict[str, Any] = {"about": str(about)} if about else {}
    session.add(
        MeetingEvent(meeting_id=meeting_id, number=int(number or 0), kind=kind, payload=payload)
    )
    session.flush()
    return int(number or 0)


def newer(
    session: Session, *, meeting_id: UUID, than: int, at_most: int = 1_000
) -> Sequence[MeetingEvent]:
    """The events with a higher number, in their order."""
    query = (
        select(MeetingEvent)
        .where(MeetingEvent.meeting_id == meeting_id, MeetingEvent.number > than)
        .order_by(col(MeetingEvent.number))
        .limit(at_most)
    )
    return session.exec(query).all()


def last_of(session: Session, *, meetings: Collection[UUID]) -> dict[UUID, int]:
    """The number of the last event of each meeting, 0 where nothing has happened."""
    query = select(Meeting.id, Meeting.events).where(col(Meeting.id).in_(list(meetings)))
    return dict(session.exec(query).all())
