"""Tables of groups within a meeting. Who was in which is gone when the meeting has ended."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference


class Dealing(StrEnum):
    """How people come into their groups."""

    CHOSEN = "chosen"  # each chooses
    DEALT = "dealt"  # at random, equally many in each


class MeetingGroupWork(Row, table=True):
    """The meeting goes into groups, with one task for all."""

    __tablename__ = "meeting_group_work"
    __table_args__ = (
        sa.CheckConstraint("minutes >= 0", name="minutes"),
        may("SELECT", "INSERT", "UPDATE"),
    )

    id: UUID = primary_key()
    meeting_id: UUID = reference("meeting.id")
    item_id: UUID | None = Field(default=None, foreign_key="agenda_item.id")
    task: str = Field(sa_type=sa.Text)
    how: Dealing = choice(Dealing, name="how")
    minutes: int = 0  # 0: no limit
    began_at: datetime
    open: bool = True


class MeetingGroup(Row, table=True):
    """A group and its note. Who wrote what in it is not kept."""

    __tablename__ = "meeting_group"
    __table_args__ = (
        sa.UniqueConstraint("work_id", "number"),
        may("SELECT", "INSERT", "UPDATE"),
    )

    id: UUID = primary_key()
    work_id: UUID = reference("meeting_group_work.id", index=False)
    number: int
    note: str = Field(default="", sa_type=sa.Text)
    version: int = 0  # how many times the note was saved


class MeetingGroupMember(Row, table=True):
    __tablename__ = "meeting_group_member"
    __table_args__ = may("SELECT", "INSERT", "UPDATE", "DELETE")

    work_id: UUID = reference("meeting_group_work.id", primary=True, index=False)
    person_id: UUID = reference("person.id", primary=True)
    group_id: UUID = reference("meeting_group.id")
