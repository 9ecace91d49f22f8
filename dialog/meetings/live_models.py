"""Tables of the live room: what has happened, by number, and questions."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference


class EventKind(StrEnum):
    MEETING = "meeting"  # it began, or ended
    AGENDA = "agenda"  # an item began, was handled, moved
    QUESTION = "question"  # one is shown, answered, merged
    QUEUE = "queue"  # one was put, claimed, held: only moderators see a difference


class QuestionState(StrEnum):
    WAITING = "waiting"  # for a moderator
    HELD = "held"  # read, and not shown for the time being
    SHOWN = "shown"
    MERGED = "merged"  # into another that asks the same


class MeetingEvent(Row, table=True):
    """Something that happened in a meeting. No person and no time: only the order."""

    __tablename__ = "meeting_event"
    __table_args__ = may("SELECT", "INSERT")

    meeting_id: UUID = reference("meeting.id", primary=True, index=False)
    number: int = Field(primary_key=True)  # 1, 2, 3 … in each meeting, without gaps
    kind: EventKind = choice(EventKind, name="kind")
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)  # keys of things


class MeetingQuestion(Row, table=True):
    """A question to the meeting. Without a name it holds no person, no address and no time."""

    __tablename__ = "meeting_question"
    __table_args__ = may("SELECT", "INSERT", "UPDATE")

    id: UUID = primary_key()
    meeting_id: UUID = reference("meeting.id")
    item_id: UUID | None = Field(default=None, foreign_key="agenda_item.id")  # it is about
    asker_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    slip: bool = False  # typed by somebody who runs the meeting: a note, or said in a microphone
    state: QuestionState = choice(QuestionState, name="state", default=QuestionState.WAITING)
    original: str = Field(sa_type=sa.Text)  # for those who run the meeting
    text: str = Field(sa_type=sa.Text)  # as it is shown, words masked
    into_id: UUID | None = Field(default=None, foreign_key="meeting_question.id")  # merged
    claimed_by: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    claimed_until: datetime | None = None
    answered: bool = False  # in the room or in writing
    answer: str = Field(default="", sa_type=sa.Text)
    receipt_hash: str = Field(default="", max_length=200)  # Argon2id of the last ten digits
    receipt_number: str = Field(default="", max_length=6, index=True)  # the first six
