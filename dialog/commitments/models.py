"""Tables of commitments: what was promised, what happened to it, and who wants to be told."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.core.commitments import State, Verdict
from dialog.storage.clock import now
from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference


class PromisedTo(StrEnum):
    """Who can say whether it was done."""

    PERSON = "person"
    UNIT = "unit"  # everybody with a post in the unit or below it
    GATHERING = "gathering"  # everybody who was there; the source knows who that was


class Commitment(Row, table=True):
    """Something that was promised. Where it was promised is known by words and a number: `source_…`
    may be a meeting, minutes or an answer, of rooms that this one knows nothing of.
    """

    __tablename__ = "commitment"
    __table_args__ = (
        sa.Index("ix_commitment_source", "source_kind", "source_id"),
        may("SELECT", "INSERT", "UPDATE"),
    )

    id: UUID = primary_key()
    state: State = choice(State, name="state", default=State.PROPOSED, index=True)
    title: str = Field(max_length=200)
    question: str = Field(default="", sa_type=sa.Text)  # what was said or asked
    promise: str = Field(sa_type=sa.Text)
    said_on: date
    source_kind: str = Field(default="", max_length=40)
    source_id: UUID | None = None
    source_title: str = Field(default="", max_length=200)
    source_address: str = Field(default="", max_length=500)  # a path of ours that anyone may open
    series: str = Field(default="", max_length=200, index=True)
    forvaltning_id: UUID | None = Field(default=None, foreign_key="unit.id", index=True)
    owner_id: UUID = reference("person.id")
    owner_unit_id: UUID | None = Field(default=None, foreign_key="unit.id", index=True)
    owner_title: str = Field(max_length=200)  # as everybody reads it: a function, no name
    promised_to: PromisedTo = choice(PromisedTo, name="promised_to")
    to_person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    to_unit_id: UUID | None = Field(default=None, foreign_key="unit.id", index=True)
    to_title: str = Field(max_length=200)  # as everybody reads it
    due: date | None = Field(default=None, index=True)
    asked_due: date | None = None  # the owner has asked for this day instead
    recorder_id: UUID = reference("person.id")
    accepted_at: datetime | None = Field(default=None, index=True)  # first; public from then on
    answer_until: date | None = Field(default=None, index=True)
    # What was told when the time for answering was over; see core.commitments.said.
    verdict: Verdict = choice(Verdict, name="verdict", default=Verdict.NONE)
    confirms: int | None = None
    disputes: int | None = None
    changed_at: datetime = Field(default_factory=now, index=True)
    search_key: str = Field(default="", sa_type=sa.Text)  # what a search looks in, see sort_key


class ProgressReport(Row, table=True):
    """What the owner has told of the work."""

    __tablename__ = "progress_report"
    __table_args__ = may("SELECT", "INSERT")

    id: UUID = primary_key()
    commitment_id: UUID = reference("commitment.id")
    person_id: UUID = reference("person.id")
    at: datetime = Field(default_factory=now)
    text: str = Field(sa_type=sa.Text)
    done: bool = False


class CommitmentStep(Row, table=True):
    """Something that happened to a commitment: who, when and why. Kept. `before_due` and
    `after_due` are set where a date was asked for, changed or set.
    """

    __tablename__ = "commitment_step"
    __table_args__ = may("SELECT", "INSERT")

    id: UUID = primary_key()
    commitment_id: UUID = reference("commitment.id")
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    at: datetime = Field(default_factory=now)
    action: str = Field(max_length=40)
    before: str = Field(max_length=40)
    after: str = Field(max_length=40)
    reason: str = Field(default="", sa_type=sa.Text)
    report_id: UUID | None = Field(default=None, foreign_key="progress_report.id", index=True)
    before_due: date | None = None
    after_due: date | None = None
    # Of the end of answering: as told, so that a later turn does not rewrite it.
    verdict: Verdict = choice(Verdict, name="verdict", default=Verdict.NONE)
    confirms: int | None = None
    disputes: int | None = None


class CommitmentVoice(Row, table=True):
    """One answer to "is it done?". While answers are taken, `mark` is one person's and this
    report's (see answering.mark_of); afterwards it is random, and only words are kept.
    """

    __tablename__ = "commitment_voice"
    __table_args__ = may("SELECT", "INSERT", "UPDATE", "DELETE", "MAINTAIN")

    id: UUID = primary_key()
    report_id: UUID = reference("progress_report.id")
    mark: str = Field(max_length=64, unique=True)
    confirms: bool
    words: str = Field(default="", sa_type=sa.Text)


class CommitmentFollower(Row, table=True):
    """An address that is told when something happens. Deleted when it no longer wants to be."""

    __tablename__ = "commitment_follower"
    __table_args__ = (
        sa.UniqueConstraint("email", "what"),
        may("SELECT", "INSERT", "UPDATE", "DELETE", "MAINTAIN"),
    )

    id: UUID = primary_key()
    email: str = Field(max_length=254)
    what: str = Field(max_length=250, index=True)  # see following.What
    language: str = Field(default="sv", max_length=2)
    nonce: str = Field(max_length=32)  # makes the secret; nothing without the key
    secret_hash: str = Field(max_length=64, unique=True)  # SHA-256 of the secret
    asked_on: date = Field(index=True)
    confirmed: bool = False
