"""Tables of letters to an authority: each with its signers, its steps, and the receipts' numbers.

Of who writes for a union no person is kept, but the mandate, which goes when that is disposed of.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.core.submissions import State
from dialog.storage.clock import now
from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference


class Kind(StrEnum):
    """Who sends it, and how it came in."""

    UNION = "union"
    STAFF = "staff"  # by name
    ANONYMOUS = "anonymous"
    MAIL = "mail"  # on paper or by mail, taken in by a registrar


class Submission(Row, table=True):
    """A letter to a board. While it is a draft it can be deleted; from the receipt on it is the
    authority's and stays.
    """

    __tablename__ = "submission"
    __table_args__ = (
        sa.UniqueConstraint("receipt_letter", "receipt_year", "receipt_serial"),
        sa.CheckConstraint("(kind = 'union') = (organisation_id IS NOT NULL)", name="organisation"),
        sa.CheckConstraint("(kind = 'staff') = (author_id IS NOT NULL)", name="author"),
        sa.CheckConstraint("(state = 'draft') = (submitted_at IS NULL)", name="submitted"),
        sa.CheckConstraint("(submitted_at IS NULL) = (receipt_serial IS NULL)", name="receipt"),
        sa.Index("uq_submission_given", "authority_id", "given_sha256", unique=True),
        may("SELECT", "INSERT", "UPDATE", "DELETE", "MAINTAIN"),
    )

    id: UUID = primary_key()
    kind: Kind = choice(Kind, name="kind")
    state: State = choice(State, name="state", default=State.DRAFT, index=True)
    organisation_id: UUID | None = Field(
        default=None, foreign_key="union_organisation.id", index=True
    )  # that writes it
    body_id: UUID | None = Field(default=None, foreign_key="union_body.id", index=True)
    # ^ for which whoever submitted it has their mandate: figures are told of it
    author_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    authority_id: UUID = reference("diary_authority.id")  # the board it is addressed to
    subject: str = Field(default="", max_length=300)
    body: str = Field(default="", sa_type=sa.Text)  # Markdown; not used where a file is the letter
    uploaded: bool = False  # the letter is a file that was handed in
    revision: int = 1  # of text and attachments: one more for each change
    changed_at: datetime = Field(default_factory=now)
    submitted_at: datetime | None = Field(default=None, index=True)
    receipt_letter: str = Field(default="", max_length=1)  # of a series apart: letters from staff
    receipt_year: int | None = None
    receipt_serial: int | None = None
    digest: str = Field(default="", max_length=64)  # see core.submissions.fingerprint
    sender: str = Field(default="", max_length=300)  # of what came by mail, as it says itself
    arrived_on: date | None = None  # of what came on paper or by mail
    given_sha256: str | None = Field(default=None, max_length=64)  # of that, as it was handed in
    batch_sha256: str | None = Field(default=None, max_length=64, index=True)  # it was cut out of
    line_id: UUID | None = Field(default=None, foreign_key="diary_line.id", index=True)
    handler_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    promised_on: date | None = Field(default=None, index=True)  # an answer, at the latest
    joined_to_id: UUID | None = Field(default=None, foreign_key="submission.id", index=True)
    forwarded_from_id: UUID | None = Field(default=None, foreign_key="submission.id", index=True)


class SubmissionSignatory(Row, table=True):
    """An organisation that signs, or is asked to. It confirms the revision that it has read: any
    change asks anew. The one that writes has its row from the moment it submits.
    """

    __tablename__ = "submission_signatory"
    __table_args__ = (
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], ondelete="SET NULL"),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_revision IS NULL)", name="confirmed"
        ),
        sa.CheckConstraint("confirmed_at IS NULL OR declined_at IS NULL", name="one_answer"),
        may("SELECT", "INSERT", "UPDATE", "DELETE", "MAINTAIN"),
    )

    submission_id: UUID = reference("submission.id", primary=True, index=False)
    organisation_id: UUID = reference("union_organisation.id", primary=True)
    asked_at: datetime = Field(default_factory=now)
    confirmed_revision: int | None = None
    confirmed_at: datetime | None = None
    declined_at: datetime | None = None
    mandate_id: UUID | None = Field(default=None, index=True)  # that it answered under


class SubmissionStep(Row, table=True):
    """What has happened to a letter since it came in: who, when and why. Kept; `disposing` forgets
    who sent it and why something was done. What a union does is its organisation's; `person_id` is
    of the authority's people, and of staff who write by name.
    """

    __tablename__ = "submission_step"
    __table_args__ = (
        sa.CheckConstraint("person_id IS NULL OR organisation_id IS NULL", name="one_doer"),
        may("SELECT", "INSERT", "UPDATE (person_id, organisation_id, reason)", "MAINTAIN"),
    )

    id: UUID = primary_key()
    submission_id: UUID = reference("submission.id")
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    organisation_id: UUID | None = Field(
        default=None, foreign_key="union_organisation.id", index=True
    )
    at: datetime = Field(default_factory=now)
    action: str = Field(max_length=40)
    before: str = Field(max_length=40)
    after: str = Field(max_length=40)
    reason: str = Field(default="", sa_type=sa.Text)


class SubmissionSeries(Row, table=True):
    """How far the receipts' numbers have come in a year. The row is also the lock that gives them
    in one order.
    """

    __tablename__ = "submission_series"
    __table_args__ = may("SELECT", "INSERT", "UPDATE (last)")

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    last: int = 0
