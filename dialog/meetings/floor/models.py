"""Tables of the speakers' list. They are emptied when the meeting is documented."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference


class SpeechState(StrEnum):
    WAITING = "waiting"
    SPEAKING = "speaking"
    SPOKEN = "spoken"


class MeetingFloor(Row, table=True):
    """Whether the floor can be asked for, and for how long somebody has it."""

    __tablename__ = "meeting_floor"
    __table_args__ = may("SELECT", "INSERT", "UPDATE", "DELETE")

    meeting_id: UUID = reference("meeting.id", primary=True, index=False)
    open: bool = False
    speech_minutes: int = 0  # 0: as long as they like
    reply_minutes: int = 1
    new_first: bool = True  # those who have not spoken before those who have


class MeetingSpeech(Row, table=True):
    """Somebody has asked for the floor, has it, or had it: by name, or as a label in the room. Who
    takes it back leaves no row.
    """

    __tablename__ = "meeting_speech"
    __table_args__ = (
        sa.CheckConstraint("(person_id IS NULL) = (label <> '')", name="one_who"),
        may("SELECT", "INSERT", "UPDATE", "DELETE"),
    )

    id: UUID = primary_key()
    meeting_id: UUID = reference("meeting.id")
    number: int = 0  # in the order in which they asked
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    label: str = Field(default="", max_length=60)  # "Mikrofon 2"
    reply: bool = False  # to whoever was speaking
    leading: bool = False  # had a post in the meeting
    remote: bool = False
    state: SpeechState = choice(SpeechState, name="state", default=SpeechState.WAITING)
    began_at: datetime | None = None
    seconds: int = 0  # that it lasted
