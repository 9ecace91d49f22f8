"""Tables of dialogue meetings: series, forms, meetings, who runs them, who is asked to come."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field

from dialog.storage.clock import now
from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference


class MeetingState(StrEnum):
    UNDATED = "undated"
    SCHEDULED = "scheduled"
    INVITED = "invited"
    LIVE = "live"
    ENDED = "ended"
    DOCUMENTED = "documented"  # its minutes are locked
    CLOSED = "closed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class Post(StrEnum):
    """What somebody does in a meeting; one person may do several things."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    FACILITATOR = "facilitator"


class ItemKind(StrEnum):
    INFORMATION = "information"
    DIALOGUE = "dialogue"
    DECISION = "decision"
    MBL = "mbl"
    OTHER = "other"


class ItemState(StrEnum):
    PROPOSED = "proposed"  # by any party; the chair has not put it on the agenda yet
    LISTED = "listed"
    ACTIVE = "active"
    HANDLED = "handled"
    TABLED = "tabled"  # not reached: it goes on to the next meeting
    WITHDRAWN = "withdrawn"


class Answer(StrEnum):
    """What somebody answered to an invitation."""

    NONE = "none"
    YES = "yes"
    REMOTE = "remote"
    NO = "no"


class MeetingSeries(Row, table=True):
    """Meetings that belong together: "Ledningen möter Regionhälsan, SÄS, Närhälsan"."""

    __tablename__ = "meeting_series"
    __table_args__ = may("SELECT", "INSERT", "UPDATE")

    id: UUID = primary_key()
    title: str = Field(max_length=200, unique=True)
    purpose: str = Field(default="", sa_type=sa.Text)
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id", index=True)  # a förvaltning
    asks_after: bool = False  # what a new meeting of it begins with, see Meeting
    shows_after: bool = False  # those who are asked to come see what was answered
    author_id: UUID = reference("person.id")
    created_at: datetime = Field(default_factory=now)


class MeetingFormat(Row, table=True):
    """One version of a form of meeting: an agenda to begin from. A version never changes."""

    __tablename__ = "meeting_format"
    __table_args__ = (
        sa.UniqueConstraint("family", "version"),
        may("SELECT", "INSERT"),
    )

    id: UUID = primary_key()
    family: UUID = Field(default_factory=uuid4, index=True)  # the same in all its versions
    version: int = 1
    title: str = Field(max_length=200)
    description: str = Field(default="", sa_type=sa.Text)
    follow_up: str = Field(default="", sa_type=sa.Text)  # what is done afterwards
    agenda: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)  # see formats.Line
    author_id: UUID = reference("person.id")
    created_at: datetime = Field(default_factory=now)


class Meeting(Row, table=True):
    """A meeting with or without a date. `sequence` counts what was told in calendars (RFC 5545)."""

    __tablename__ = "meeting"
    __table_args__ = (
        sa.CheckConstraint("starts_at IS NULL OR ends_at > starts_at", name="ends_after_start"),
        sa.CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity"),
        may("SELECT", "INSERT", "UPDATE"),
    )

    id: UUID = primary_key()
    series_id: UUID | None = Field(default=None, foreign_key="meeting_series.id", index=True)
    # Of unions: who is asked and who comes is seen inside the body alone.
    body_id: UUID | None = Field(default=None, foreign_key="union_body.id", index=True)
    format_id: UUID | None = Field(default=None, foreign_key="meeting_format.id", index=True)
    author_id: UUID = reference("person.id")
    state: MeetingState = choice(
        MeetingState, name="state", default=MeetingState.UNDATED, index=True
    )
    title: str = Field(max_length=200)
    about: str = Field(default="", sa_type=sa.Text)  # what it is for, in the invitation
    starts_at: datetime | None = Field(default=None, index=True)
    ends_at: datetime | None = None
    place: str = Field(default="", max_length=300)
    video_link: str = Field(default="", max_length=500)
    capacity: int | None = None  # seats in the room; None: no limit
    guests: bool = False  # whether the room may be joined without signing in
    guests_stopped: bool = False  # by whoever leads: no more come in, those inside stay
    audience: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)  # as a round's
    asks_after: bool = False  # those asked to come get three questions when it is over
    sequence: int = 0
    events: int = 0  # the number of the last of its events
    created_at: datetime = Field(default_factory=now)


class MeetingPost(Row, table=True):
    __tablename__ = "meeting_post"
    __table_args__ = may("SELECT", "INSERT", "DELETE")

    meeting_id: UUID = reference("meeting.id", primary=True, index=False)
    person_id: UUID = reference("person.id", primary=True)
    post: Post = choice(Post, name="post", primary=True)


class MeetingStep(Row, table=True):
    """A transition that happened: who, when and why. Kept."""

    __tablename__ = "meeting_step"
    __table_args__ = may("SELECT", "INSERT")

    id: UUID = primary_key()
    meeting_id: UUID = reference("meeting.id")
    person_id: UUID | None = Field(default=None, foreign_key="person.id")  # None: the platform
    at: datetime
    action: str = Field(max_length=40)
    before: str = Field(max_length=40)
    after: str = Field(max_length=40)
    reason: str = Field(default="", sa_type=sa.Text)


class AgendaItem(Row, table=True):
    __tablename__ = "agenda_item"
    __table_args__ = (
        sa.CheckConstraint("minutes >= 0", name="minutes"),
        may("SELECT", "INSERT", "UPDATE"),
    )

    id: UUID = primary_key()
    meeting_id: UUID = reference("meeting.id")
    position: int = 0
    kind: ItemKind = choice(ItemKind, name="kind", default=ItemKind.INFORMATION)
    state: ItemState = choice(ItemState, name="state", default=ItemState.LISTED)
    title: str = Field(max_length=200)
    about: str = Field(default="", sa_type=sa.Text)
    minutes: int = 0  # time box; 0: none
    responsible: str = Field(default="", max_length=200)
    proposer_id: UUID | None = Field(default=None, foreign_key="person.id")
    from_id: UUID | None = Field(default=None, foreign_key="agenda_item.id")  # tabled before
    began_at: datetime | None = None  # in the meeting: its time box runs from then
    created_at: datetime = Field(default_factory=now)


class MeetingInvitation(Row, table=True):
    """Somebody who was asked to come, and what they answered."""

    __tablename__ = "meeting_invitation"
    __table_args__ = may("SELECT", "INSERT", "UPDATE", "DELETE", "MAINTAIN")

    meeting_id: UUID = reference("meeting.id", primary=True, index=False)
    person_id: UUID = reference("person.id", primary=True)
    told: int = -1  # the sequence that was last sent; -1: none yet
    # Asked as who represents a union there; None: as an employee.
    body_id: UUID | None = Field(default=None, foreign_key="union_body.id", index=True)
    withdrawn: bool = False  # not in the audience any more
    reminded_of: datetime | None = None  # the beginning that they were reminded of
    answer: Answer = choice(Answer, name="answer", default=Answer.NONE)
    answered_at: datetime | None = None  # decides who is next on the waiting list
    waiting: bool = False  # wants to come to the room, and it is full
    needs: list[str] = Field(default_factory=list, sa_type=sa.JSON)  # see registering.NEEDS
    needs_words: str = Field(default="", max_length=500)
    came_at: datetime | None = None  # checked in


class CalendarFeed(Row, table=True):
    """A secret address of somebody's own calendar, which holds their meetings."""

    __tablename__ = "calendar_feed"
    __table_args__ = may("SELECT", "INSERT", "UPDATE", "DELETE")

    person_id: UUID = reference("person.id", primary=True, index=False)
    secret_hash: str = Field(max_length=64, unique=True)  # SHA-256
    made_at: datetime = Field(default_factory=now)
