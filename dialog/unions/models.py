"""Tables of unions: organisations, bodies, and the mandates of representatives in them.

A mandate is the only trace of a union that a person may have (GDPR art. 9): nothing else here or
in any other room says of a person which union is theirs.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.storage.clock import now
from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference


class BodyKind(StrEnum):
    CENTRAL = "central"  # negotiates for the authority: RS MBL
    REFERENCE = "reference"
    COOPERATION = "cooperation"  # at any level; under an agreement it replaces MBL 11, 12 and 19


class MandateAction(StrEnum):
    RECORDED = "recorded"
    CHANGED = "changed"
    ENDED = "ended"
    RESIGNED = "resigned"


class UnionOrganisation(Row, table=True):
    __tablename__ = "union_organisation"
    __table_args__ = may("SELECT", "INSERT", "UPDATE")

    id: UUID = primary_key()
    name: str = Field(max_length=200, unique=True)
    short_name: str = Field(default="", max_length=40)


class UnionBody(Row, table=True):
    """Where unions and the employer meet. Ended mandates are kept for `keep_months` by a decision
    of retention; without one nothing is disposed of.
    """

    __tablename__ = "union_body"
    __table_args__ = (
        sa.CheckConstraint("(keep_months IS NULL) = (keep_decision = '')", name="keep"),
        may("SELECT", "INSERT", "UPDATE"),
    )

    id: UUID = primary_key()
    name: str = Field(max_length=200, unique=True)
    kind: BodyKind = choice(BodyKind, name="kind")
    unit_id: UUID = reference("unit.id")  # what it negotiates for, with all below
    secretary_id: UUID = reference("person.id")
    keep_months: int | None = None
    keep_decision: str = Field(default="", max_length=200)


class Mandate(Row, table=True):
    """Somebody represents an organisation in a body, for a unit and all below it."""

    __tablename__ = "mandate"
    __table_args__ = (
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        may("SELECT", "INSERT", "UPDATE", "DELETE", "MAINTAIN"),
    )

    id: UUID = primary_key()
    person_id: UUID = reference("person.id")
    organisation_id: UUID = reference("union_organisation.id")
    body_id: UUID = reference("union_body.id")
    unit_id: UUID = reference("unit.id")
    deputy: bool = False
    starts_on: date
    ends_on: date | None = Field(default=None, index=True)  # the last day
    notified_on: date  # the organisation told the employer (FML 1 §)
    notice_email: str = Field(default="", max_length=254)  # confirmed; empty: the person's own
    mail_problem: str = Field(default="", max_length=200)  # of the chosen address, for its owner


class MandateStep(Row, table=True):
    """What was done with a mandate, and the days it then had. It goes when the mandate does."""

    __tablename__ = "mandate_step"
    __table_args__ = may("SELECT", "INSERT", "DELETE", "MAINTAIN")

    id: UUID = primary_key()
    mandate_id: UUID = reference("mandate.id")
    by_id: UUID = reference("person.id")
    at: datetime = Field(default_factory=now)
    action: MandateAction = choice(MandateAction, name="action")
    starts_on: date
    ends_on: date | None = None


class NoticeAddress(Row, table=True):
    """An address that a representative has asked for and not confirmed yet."""

    __tablename__ = "notice_address"
    __table_args__ = may("SELECT", "INSERT", "UPDATE", "DELETE", "MAINTAIN")

    mandate_id: UUID = reference("mandate.id", primary=True, index=False)
    email: str = Field(max_length=254)
    nonce: str = Field(max_length=32)  # makes the secret; nothing without the key
    secret_hash: str = Field(max_length=64, unique=True)  # SHA-256 of the secret
    asked_on: date = Field(index=True)


class Acting(Row, table=True):
    """Which mandate somebody acts under in a session; gone with the session."""

    __tablename__ = "acting"
    __table_args__ = (
        sa.ForeignKeyConstraint(["token_hash"], ["sign_in.token_hash"], ondelete="CASCADE"),
        may("SELECT", "INSERT", "UPDATE", "DELETE", "MAINTAIN"),
    )

    token_hash: str = Field(max_length=64, primary_key=True)
    mandate_id: UUID = reference("mandate.id")
