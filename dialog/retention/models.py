"""Tables of retention: decisions, which matters each is for, runs that dispose of what is due."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.storage.clock import now
from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference


class RetentionDecision(Row, table=True):
    """A decision that matters of an authority are disposed of so many months after their last
    document. It never changes: another decision is another row.
    """

    __tablename__ = "retention_decision"
    __table_args__ = (
        sa.UniqueConstraint("authority_id", "name"),
        sa.CheckConstraint("months >= 0", name="months"),
        may("SELECT", "INSERT", "UPDATE (ended_at)"),
    )

    id: UUID = primary_key()
    authority_id: UUID = reference("diary_authority.id")
    name: str = Field(max_length=120)  # "Beslut RS 2026-00031"
    about: str = Field(max_length=300)  # which matters it is for
    months: int
    author_id: UUID = reference("person.id")
    created_at: datetime = Field(default_factory=now)
    ended_at: datetime | None = None  # no matter is put under it, and no run begun, from then on


class MatterRetention(Row, table=True):
    """A matter that is under a decision. One that is under none is kept for ever."""

    __tablename__ = "matter_retention"
    __table_args__ = may("SELECT", "INSERT", "DELETE")

    matter_id: UUID = reference("diary_matter.id", primary=True, index=False)
    decision_id: UUID = reference("retention_decision.id")
    author_id: UUID = reference("person.id")
    at: datetime = Field(default_factory=now)


class RunState(StrEnum):
    LISTED = "listed"  # waits for two people
    CONFIRMED = "confirmed"  # is being carried out
    DONE = "done"
    WITHDRAWN = "withdrawn"


class DisposalRun(Row, table=True):
    """A list of what is due under a decision, and what came of it."""

    __tablename__ = "disposal_run"
    __table_args__ = may("SELECT", "INSERT", "UPDATE")

    id: UUID = primary_key()
    decision_id: UUID = reference("retention_decision.id")
    state: RunState = choice(RunState, name="state", default=RunState.LISTED)
    author_id: UUID = reference("person.id")
    listed_at: datetime = Field(default_factory=now)
    ended_at: datetime | None = None  # done or withdrawn
    withdrawn_by: UUID | None = Field(default=None, foreign_key="person.id")
    reason: str = Field(default="", max_length=300)  # why it was withdrawn


class DisposalConfirmation(Row, table=True):
    """One of the two people who looked at the list and said yes."""

    __tablename__ = "disposal_confirmation"
    __table_args__ = may("SELECT", "INSERT")

    run_id: UUID = reference("disposal_run.id", primary=True, index=False)
    person_id: UUID = reference("person.id", primary=True, index=False)
    at: datetime = Field(default_factory=now)


class Outcome(StrEnum):
    WAITING = "waiting"
    GONE = "gone"
    KEPT = "kept"  # it was not due any more when its turn came


class DisposalItem(Row, table=True):
    """A matter on the list of a run; counts are of when it was listed."""

    __tablename__ = "disposal_item"
    __table_args__ = may("SELECT", "INSERT", "UPDATE (outcome)")

    run_id: UUID = reference("disposal_run.id", primary=True, index=False)
    matter_id: UUID = reference("diary_matter.id", primary=True)
    documents: int
    files: int
    latest: int = 0  # the last entry of the matter then: with another, it is not what was approved
    outcome: Outcome = choice(Outcome, name="outcome", default=Outcome.WAITING)
