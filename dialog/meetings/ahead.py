"""The meetings that are ahead of somebody: what they have answered, and what is still missing."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.meetings import queries
from dialog.meetings.models import (
    AgendaItem,
    Answer,
    ItemState,
    Meeting,
    MeetingPost,
    MeetingState,
)
from dialog.meetings.states import AHEAD
from dialog.people.permissions import Actor


class Missing(StrEnum):
    """What whoever runs a meeting has left to do before it, in the order of doing it."""

    DATE = "date"
    AGENDA = "agenda"
    PEOPLE = "people"
    INVITATION = "invitation"


@dataclass(frozen=True)
class Ahead:
    """`answer` is None for who is not asked to come, `missing` is empty for who does not run it."""

    meeting: Meeting
    answer: Answer | None
    waiting: bool
    missing: tuple[Missing, ...]


def ahead_of(session: Session, *, actor: Actor, limit: int) -> list[Ahead]:
    """The next meetings that somebody is asked to, as who they are now, or has a post in: those
    under way first, those without a date last.
    """
    person_id = actor.person_id
    assert person_id is not None
    found = session.exec(
        select(Meeting)
        .where(
            queries.concerns(person_id, acting_in=actor.acting_in), col(Meeting.state).in_(AHEAD)
        )
        .order_by(
            col(Meeting.state) != MeetingState.LIVE,
            col(Meeting.starts_at).is_(None),
            col(Meeting.starts_at),
            col(Meeting.id),
        )
        .limit(limit)
    )
    return [_ahead(session, meeting, actor, person_id) for meeting in found]


def _ahead(session: Session, meeting: Meeting, actor: Actor, person_id: UUID) -> Ahead:
    row = queries.invitation_of(session, meeting=meeting, actor=actor)
    posts = select(MeetingPost).where(MeetingPost.meeting_id == meeting.id)
    runs = session.exec(posts.where(MeetingPost.person_id == person_id).limit(1)).first()
    return Ahead(
        meeting=meeting,
        answer=row.answer if row is not None else None,
        waiting=bool(row is not None and row.waiting),
        missing=_missing(session, meeting) if runs else (),
    )


def _missing(session: Session, meeting: Meeting) -> tuple[Missing, ...]:
    has_items = session.exec(
        select(AgendaItem.id)
        .where(AgendaItem.meeting_id == meeting.id, AgendaItem.state == ItemState.LISTED)
        .limit(1)
    ).first()
    lacks = {
        Missing.DATE: meeting.starts_at is None,
        Missing.AGENDA: has_items is None,
        Missing.PEOPLE: not meeting.audience.get("chosen"),
        Missing.INVITATION: meeting.state is MeetingState.SCHEDULED,
    }
    if meeting.state is MeetingState.LIVE:
        return ()
    return tuple(each for each, lacking in lacks.items() if lacking)
