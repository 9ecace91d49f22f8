"""Tables of what was published: a release is written once and never changed."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.storage.clock import now
from dialog.storage.privileges import may
from dialog.storage.rows import Row, primary_key, reference


class Release(Row, table=True):
    """A round's published result: its rules, its questionnaire, and the tree it was made over."""

    __tablename__ = "release"
    # The digest is known when the groups have been written, in the same transaction.
    __table_args__ = may("SELECT", "INSERT", "UPDATE (digest)")

    id: UUID = primary_key()
    round_id: UUID = Field(foreign_key="round.id", unique=True)
    title: str = Field(max_length=200)
    released_at: datetime = Field(default_factory=now)
    questionnaire: str = Field(sa_type=sa.Text)
    sender: str = Field(default="", max_length=200)
    responses: int  # opened answers that it was made of
    invited: int = 0  # 0: an open link or printed codes, nobody knows how many were asked
    answered_until: datetime | None = None
    k: int
    k_sensitive: int
    rules: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    opening: list[dict[str, Any]] = Field(  # opening.record; empty if the platform alone opened
        default_factory=list, sa_type=sa.JSON
    )
    audit: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)  # see disclosure.record
    # Of the whole, by scale: core.statistics.spreads.PublishedSpread
    spreads: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    digest: str = Field(max_length=64)  # SHA-256 of release.csv


class ReleaseGroup(Row, table=True):
    """What is published of one unit (and level): `cells` is JSON, see core.published."""

    __tablename__ = "release_group"
    __table_args__ = (
        sa.UniqueConstraint("release_id", "unit", "level"),
        sa.Index("ix_release_group_parent", "release_id", "parent", "level"),
        may("SELECT", "INSERT"),
    )

    id: UUID = primary_key()
    release_id: UUID = reference("release.id")
    position: int  # place in the tree's order
    unit: str = Field(max_length=60, index=True)  # code
    unit_name: str = Field(max_length=200)
    parent: str = Field(default="", max_length=60)  # code
    depth: int
    level: str = Field(default="", max_length=40)  # empty: all
    status: str = Field(max_length=20)  # published or protected
    cells: str = Field(default="", sa_type=sa.Text)
