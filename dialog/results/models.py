"""Tables of what was published: a release is written once and never changed."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.storage.clock import now
from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference


class Release(Row, table=True):
    """A round's published result: its rules, its questionnaire, and the tree it was made over.

    A round has one, and one for each time that it was corrected: each corrects the one before.
    """

    __tablename__ = "release"
    __table_args__ = (
        sa.Index(
            "ix_release_first",
            "round_id",
            unique=True,
            sqlite_where=sa.text("corrects_id IS NULL"),
            postgresql_where=sa.text("corrects_id IS NULL"),
        ),
        # The digest is known when the groups have been written, in the same transaction.
        may("SELECT", "INSERT", "UPDATE (digest)"),
    )

    id: UUID = primary_key()
    round_id: UUID = reference("round.id")
    corrects_id: UUID | None = Field(default=None, foreign_key="release.id", unique=True)
    # What was corrected and why, see results.remaking; empty where nothing was.
    correction: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    # Codes of closed units that answers stand in, and of the units that they count in here.
    moved: dict[str, str] = Field(default_factory=dict, sa_type=sa.JSON)
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


class CorrectionState(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"  # being made, or waiting for it
    PUBLISHED = "published"
    REFUSED = "refused"  # by the protection: see `answer`
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Correction(Row, table=True):
    """A proposal to correct a release: what, why, and what came of it. Kept."""

    __tablename__ = "correction"
    __table_args__ = (
        sa.Index(
            "ix_correction_under_way",
            "release_id",
            unique=True,
            sqlite_where=sa.text("state IN ('proposed', 'approved')"),
            postgresql_where=sa.text("state IN ('proposed', 'approved')"),
        ),
        may("SELECT", "INSERT", "UPDATE"),
    )

    id: UUID = primary_key()
    release_id: UUID = reference("release.id")
    author_id: UUID = reference("person.id")
    proposed_at: datetime = Field(default_factory=now)
    state: CorrectionState = choice(
        CorrectionState, name="state", default=CorrectionState.PROPOSED, index=True
    )
    reason: str = Field(max_length=1000)  # published
    reorganised: bool = False  # counted over the organisation as it is today
    moved: dict[str, str] = Field(default_factory=dict, sa_type=sa.JSON)  # see Release
    withheld: list[str] = Field(default_factory=list, sa_type=sa.JSON)  # items shown no more
    turned: list[list[str]] = Field(default_factory=list, sa_type=sa.JSON)  # (scale, item)
    decided_by_id: UUID | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None
    # Why it was declined, or a code of results.remaking.
    answer: str = Field(default="", max_length=1000)
    made_id: UUID | None = Field(default=None, foreign_key="release.id")


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
    few_asked: bool = False  # fewer than k were invited: no figure was ever possible
    cells: str = Field(default="", sa_type=sa.Text)
