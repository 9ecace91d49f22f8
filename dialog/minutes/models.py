"""Tables of minutes: sections that are written, versions sent round, proposals, attestations."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.storage.clock import now
from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference


class MinutesState(StrEnum):
    DRAFTING = "drafting"
    CIRCULATED = "circulated"
    OBJECTED = "objected"
    ATTESTED = "attested"  # by every attester
    LOCKED = "locked"


class ProposalState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Minutes(Row, table=True):
    """What is written down of one thing: `about` says what kind, `about_id` which. No key leads
    there: the rooms that have minutes lie above this one.
    """

    __tablename__ = "minutes"
    __table_args__ = (
        sa.UniqueConstraint("about", "about_id"),
        may("SELECT", "INSERT", "UPDATE"),
    )

    id: UUID = primary_key()
    about: str = Field(max_length=40)
    about_id: UUID
    title: str = Field(max_length=200)
    state: MinutesState = choice(MinutesState, name="state", default=MinutesState.DRAFTING)
    number: int = 0  # of the version that was sent round last; 0: none yet
    author_id: UUID = reference("person.id")
    created_at: datetime = Field(default_factory=now)


class MinutesSection(Row, table=True):
    """A heading and its text as they are being written; `version` grows with each saving."""

    __tablename__ = "minutes_section"
    __table_args__ = may("SELECT", "INSERT", "UPDATE")

    id: UUID = primary_key()
    minutes_id: UUID = reference("minutes.id")
    position: int = 0
    source_id: UUID | None = None  # the item of an agenda that it is about
    heading: str = Field(max_length=200)
    outcome: str = Field(default="", max_length=200)  # what became of that item
    text: str = Field(default="", sa_type=sa.Text)
    version: int = 1
    changed_by: UUID = reference("person.id")
    changed_at: datetime = Field(default_factory=now)


class MinutesVersion(Row, table=True):
    """The whole text as it was sent round, with its hash. A version never changes."""

    __tablename__ = "minutes_version"
    __table_args__ = may("SELECT", "INSERT")

    minutes_id: UUID = reference("minutes.id", primary=True, index=False)
    number: int = Field(primary_key=True)
    sections: list[dict[str, str]] = Field(sa_type=sa.JSON)  # id, heading, outcome, text
    text_hash: str = Field(max_length=64)  # see core.attested
    made_by: UUID = reference("person.id")
    made_at: datetime = Field(default_factory=now)


class MinutesProposal(Row, table=True):
    """Another text for a section, proposed by somebody who has read it."""

    __tablename__ = "minutes_proposal"
    __table_args__ = may("SELECT", "INSERT", "UPDATE")

    id: UUID = primary_key()
    minutes_id: UUID = reference("minutes.id")
    section_id: UUID = reference("minutes_section.id")
    based_on: int  # the section's version that was read
    before: str = Field(sa_type=sa.Text)  # its text then
    text: str = Field(sa_type=sa.Text)
    reason: str = Field(sa_type=sa.Text)
    author_id: UUID = reference("person.id")
    made_at: datetime = Field(default_factory=now)
    state: ProposalState = choice(ProposalState, name="state", default=ProposalState.OPEN)
    decided_by: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    decided_at: datetime | None = None
    answer: str = Field(default="", sa_type=sa.Text)


class MinutesAttester(Row, table=True):
    __tablename__ = "minutes_attester"
    __table_args__ = may("SELECT", "INSERT", "UPDATE", "DELETE")

    minutes_id: UUID = reference("minutes.id", primary=True, index=False)
    person_id: UUID = reference("person.id", primary=True)
    added_by: UUID = reference("person.id")
    added_at: datetime = Field(default_factory=now)
    replaced_by: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    replaced_why: str = Field(default="", sa_type=sa.Text)


class MinutesAttestation(Row, table=True):
    """Somebody's attestation of one version. It counts while that version is the last one."""

    __tablename__ = "minutes_attestation"
    __table_args__ = may("SELECT", "INSERT")

    minutes_id: UUID = reference("minutes.id", primary=True, index=False)
    number: int = Field(primary_key=True)
    person_id: UUID = reference("person.id", primary=True)
    text_hash: str = Field(max_length=64)
    at: datetime
    signature: str = Field(max_length=64)  # see core.attested


class MinutesAddendum(Row, table=True):
    """What is corrected or added after the text was locked. It never changes."""

    __tablename__ = "minutes_addendum"
    __table_args__ = may("SELECT", "INSERT")

    id: UUID = primary_key()
    minutes_id: UUID = reference("minutes.id")
    text: str = Field(sa_type=sa.Text)
    author_id: UUID = reference("person.id")
    at: datetime = Field(default_factory=now)


class MinutesStep(Row, table=True):
    """A transition that happened: who, when and why. Kept."""

    __tablename__ = "minutes_step"
    __table_args__ = may("SELECT", "INSERT")

    id: UUID = primary_key()
    minutes_id: UUID = reference("minutes.id")
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    at: datetime
    action: str = Field(max_length=40)
    before: str = Field(max_length=40)
    after: str = Field(max_length=40)
    number: int  # the version that was the last one then
    reason: str = Field(default="", sa_type=sa.Text)
