"""Tables of the organisation: a tree of units, and the posts people hold in them."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.core.levels import Level
from dialog.storage.clock import now
from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference


class Unit(Row, table=True):
    """A node of the tree. `path` is the codes from the root, `/R/F01/V003/`, for whole subtrees;
    a code holds no slash. A unit that is no longer in the organisation stays, not active.
    """

    __tablename__ = "unit"
    __table_args__ = may("SELECT", "INSERT", "UPDATE")

    id: UUID = primary_key()
    code: str = Field(max_length=60, unique=True)
    name: str = Field(max_length=200)
    parent_id: UUID | None = Field(default=None, foreign_key="unit.id", index=True)
    depth: int = Field(default=0, index=True)  # region 0, förvaltning 1, verksamhet 2, enhet 3
    path: str = Field(sa_type=sa.Text)  # as long as the tree is deep
    active: bool = Field(default=True, index=True)
    # People in the unit and its parts, by level and in all (""); see counting.
    headcount: dict[str, int] = Field(default_factory=dict, sa_type=sa.JSON)


class Post(Row, table=True):
    """A person's place: a unit and a level. A person may hold two."""

    __tablename__ = "post"
    __table_args__ = may("SELECT", "INSERT", "DELETE")

    id: UUID = primary_key()
    person_id: UUID = reference("person.id")
    unit_id: UUID = reference("unit.id")
    level: Level = choice(Level, name="level", index=True)


class RosterDraft(Row, table=True):
    """An import that was previewed and waits for its maker to confirm it; kept for a day."""

    __tablename__ = "roster_draft"
    __table_args__ = may("SELECT", "INSERT", "DELETE")

    id: UUID = primary_key()
    person_id: UUID = reference("person.id")
    made_at: datetime = Field(default_factory=now, index=True)
    fingerprint: str = Field(max_length=64)  # of the organisation that it was compared with
    roster: bytes = Field(sa_type=sa.LargeBinary)  # see drafts
    summary: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
