"""Tables of research: a round's master recoding, applications for data, and every export made."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.storage.clock import now
from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"  # registered; two persons are to approve it
    APPROVED = "approved"  # by two; the package is being made
    GENERATED = "generated"  # the package can be fetched
    FETCHED = "fetched"
    EXPIRED = "expired"  # the package can be fetched no more
    REPORTED = "reported"  # what became of the data is known
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    UNMADE = "unmade"  # approved, but the data were gone


class Ethics(StrEnum):
    """What the applicant says of the ethical review (lag 2003:460)."""

    UNSAID = "unsaid"
    APPROVAL = "approval"
    ADVISORY = "advisory"  # rådgivande yttrande
    NONE = "none"  # none is needed, with reasons


class Outcome(StrEnum):
    """What became of the data in the end."""

    UNSAID = "unsaid"
    ARCHIVED = "archived"
    DISPOSED = "disposed"


class Preparing(StrEnum):
    """How the master recoding of a round stands."""

    ASKED = "asked"
    READY = "ready"
    FAILED = "failed"


class RoundData(Row, table=True):
    """A round as researchers can have it: by what people could be recognised, and the one master
    recoding that every export of the round derives from. `master` is what mastering_files.pack
    gives, without a row that stands for fewer than k; empty once the rows were disposed of.
    """

    __tablename__ = "round_data"
    __table_args__ = may("SELECT", "INSERT", "UPDATE", "MAINTAIN")

    round_id: UUID = reference("round.id", primary=True, index=False)
    author_id: UUID = reference("person.id")
    state: Preparing = choice(Preparing, name="state", default=Preparing.ASKED)
    asked: int = 1  # how often it was asked for: tells an old duty from a new one
    asked_at: datetime = Field(default_factory=now)
    quasi: list[str] = Field(default_factory=list, sa_type=sa.JSON)  # names of variables
    k: int = 10
    l: int = 1  # noqa: E741 - its name in the literature; 1 asks for nothing
    t: float = 1.0  # 1 asks for nothing
    hierarchies: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)  # name -> lines
    progress: int = 0  # percent
    problem: str = Field(default="", sa_type=sa.Text)  # JSON: what is wrong, a Text each
    report: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)  # see mastering.report
    master: bytes = Field(default=b"", sa_type=sa.LargeBinary)
    digest: str = Field(default="", max_length=64)  # SHA-256 of the master as it was made
    fixed: bool = False  # an export was made: from now on it is the master


class DataApplication(Row, table=True):
    """A researcher's request for data of one or more rounds."""

    __tablename__ = "data_application"
    __table_args__ = may("SELECT", "INSERT", "UPDATE")

    id: UUID = primary_key()
    author_id: UUID = reference("person.id")
    state: State = choice(State, name="state", default=State.DRAFT, index=True)
    title: str = Field(max_length=200)
    language: str = Field(default="sv", max_length=2)  # of the package
    # Who asks, and who answers for it.
    principal: str = Field(default="", max_length=200)
    signatory: str = Field(default="", max_length=200)
    signatory_function: str = Field(default="", max_length=200)
    signed_on: date | None = None
    purpose: str = Field(default="", sa_type=sa.Text)
    ethics: Ethics = choice(Ethics, name="ethics", default=Ethics.UNSAID)
    ethics_number: str = Field(default="", max_length=20)
    ethics_on: date | None = None
    ethics_reasons: str = Field(default="", sa_type=sa.Text)
    use_until: date | None = None
    accepted: bool = False  # the conditions, as conditions.CONDITIONS has them
    # What was done with it.
    number: str = Field(default="", max_length=40)  # Dialog's own, given when it was registered
    diary_number: str = Field(default="", max_length=60)  # the authority's diary
    arrived_at: datetime | None = None
    approved_at: datetime | None = None
    refusal_paragraph: str = Field(default="", max_length=200)
    refusal_reasons: str = Field(default="", sa_type=sa.Text)
    progress: int = 0  # percent of the package
    fetch_until: date | None = None
    outcome: Outcome = choice(Outcome, name="outcome", default=Outcome.UNSAID)
    outcome_note: str = Field(default="", max_length=1000)  # where, or by which decision


class DataChoice(Row, table=True):
    """The variables that an application asks for of one round."""

    __tablename__ = "data_choice"

    application_id: UUID = reference("data_application.id", primary=True, index=False)
    round_id: UUID = reference("round.id", primary=True)
    variables: list[str] = Field(default_factory=list, sa_type=sa.JSON)


class DataReader(Row, table=True):
    """Somebody who will see the data: whoever signs in with this address may fetch them."""

    __tablename__ = "data_reader"
    __table_args__ = (
        sa.UniqueConstraint("application_id", "email"),
        may("SELECT", "INSERT", "DELETE"),
    )

    id: UUID = primary_key()
    application_id: UUID = reference("data_application.id")
    place: int = 0
    name: str = Field(max_length=200)
    email: str = Field(max_length=254, index=True)


class ApplicationStep(Row, table=True):
    """Something that happened to an application: who, when and why. Kept."""

    __tablename__ = "application_step"
    __table_args__ = may("SELECT", "INSERT")

    id: UUID = primary_key()
    application_id: UUID = reference("data_application.id")
    person_id: UUID | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(default_factory=now)
    action: str = Field(max_length=40)
    before: str = Field(max_length=40)
    after: str = Field(max_length=40)
    reason: str = Field(default="", sa_type=sa.Text)


class ApplicationSeries(Row, table=True):
    """The last number that was given in a year."""

    __tablename__ = "application_series"
    __table_args__ = may("SELECT", "INSERT", "UPDATE")

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    last: int = 0


class DataExport(Row, table=True):
    """A package that was made, of one round for one application. Kept, and shown to everybody."""

    __tablename__ = "data_export"
    __table_args__ = (
        sa.UniqueConstraint("application_id", "round_id"),
        may("SELECT", "INSERT"),
    )

    id: UUID = primary_key()
    application_id: UUID = reference("data_application.id")
    round_id: UUID = reference("round.id")
    made_at: datetime = Field(default_factory=now)
    sha256: str = Field(max_length=64)
    size: int  # bytes
    parameters: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)  # see packaging


class DataPackage(Row, table=True):
    """The zip itself, until it expires."""

    __tablename__ = "data_package"
    __table_args__ = may("SELECT", "INSERT", "DELETE", "MAINTAIN")

    export_id: UUID = reference("data_export.id", primary=True, index=False)
    content: bytes = Field(sa_type=sa.LargeBinary)


class DataFetch(Row, table=True):
    """Somebody fetched a package: who, when, and which bytes made by which parameters."""

    __tablename__ = "data_fetch"
    __table_args__ = may("SELECT", "INSERT")

    id: UUID = primary_key()
    export_id: UUID = reference("data_export.id")
    person_id: UUID = reference("person.id")
    at: datetime = Field(default_factory=now)
    sha256: str = Field(max_length=64)
    parameters: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
