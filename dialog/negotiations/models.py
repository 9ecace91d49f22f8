"""Tables of negotiations: matters, their parties, what happened, and claims.

Nothing here holds a person beside an organisation: only a mandate says which union is whose. A step
of an organisation is kept as the organisation's; who took it is known to the organisation.
"""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.core.negotiating.matters import State
from dialog.core.negotiating.rules import Paragraph
from dialog.storage.clock import now
from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference


class MblMatter(Row, table=True):
    """Something that is negotiated, or told of, in a body of unions and the employer."""

    __tablename__ = "mbl_matter"
    __table_args__ = may("SELECT", "INSERT", "UPDATE")

    id: UUID = primary_key()
    body_id: UUID = reference("union_body.id")
    paragraph: Paragraph = choice(Paragraph, name="paragraph")
    state: State = choice(State, name="state", index=True)
    title: str = Field(max_length=180)
    background: str = Field(default="", sa_type=sa.Text)
    decision_on: date | None = None  # the day of the board's meeting, as far as it is planned
    agreed: bool | None = None  # how the local negotiation ended; None: it has not
    created_at: datetime = Field(default_factory=now)


class MblParty(Row, table=True):
    """The employer, or an organisation, in one matter."""

    __tablename__ = "mbl_party"
    __table_args__ = (
        sa.UniqueConstraint("matter_id", "organisation_id"),
        may("SELECT", "INSERT"),
    )

    id: UUID = primary_key()
    matter_id: UUID = reference("mbl_matter.id")
    organisation_id: UUID | None = Field(
        default=None, foreign_key="union_organisation.id", index=True
    )  # None: the employer
    asked: bool = False  # it was this one that asked for the negotiation


class MblStep(Row, table=True):
    """What happened: of which party, when, why, and from which day it counts. Kept."""

    __tablename__ = "mbl_step"
    __table_args__ = may("SELECT", "INSERT")

    id: UUID = primary_key()
    matter_id: UUID = reference("mbl_matter.id")
    party_id: UUID | None = Field(default=None, foreign_key="mbl_party.id", index=True)
    # Of the employer's side alone; None: an organisation, or the platform.
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    at: datetime
    day: date
    action: str = Field(max_length=40)
    before: str = Field(max_length=40)
    after: str = Field(max_length=40)
    reason: str = Field(default="", sa_type=sa.Text)
    exception: bool = False  # `reason` is the one that the paragraph knows for not waiting


class MblClaim(Row, table=True):
    """What a party wants. `draft` is its own until it puts the words forward."""

    __tablename__ = "mbl_claim"
    __table_args__ = may("SELECT", "INSERT", "UPDATE")

    id: UUID = primary_key()
    party_id: UUID = reference("mbl_party.id")
    draft: str = Field(default="", sa_type=sa.Text)
    edition: int = 1  # of the draft: grows with each saving
    number: int = 0  # of the words that were put forward last; 0: none yet
    dropped_at: datetime | None = None  # the party does not want it any more
    created_at: datetime = Field(default_factory=now)


class MblClaimVersion(Row, table=True):
    """The words of a claim as they were put forward. They never change."""

    __tablename__ = "mbl_claim_version"
    __table_args__ = may("SELECT", "INSERT")

    claim_id: UUID = reference("mbl_claim.id", primary=True, index=False)
    number: int = Field(primary_key=True)
    text: str = Field(sa_type=sa.Text)
    at: datetime = Field(default_factory=now)


class MblItem(Row, table=True):
    """The item of a meeting's agenda under which a matter is negotiated."""

    __tablename__ = "mbl_item"
    __table_args__ = may("SELECT", "INSERT")

    item_id: UUID = reference("agenda_item.id", primary=True, index=False)
    matter_id: UUID = reference("mbl_matter.id")


class MblSending(Row, table=True):
    """Information under § 19, or something for the parties to know, sent by the employer's side."""

    __tablename__ = "mbl_sending"
    __table_args__ = may("SELECT", "INSERT")

    id: UUID = primary_key()
    matter_id: UUID = reference("mbl_matter.id")
    person_id: UUID = reference("person.id")  # of the employer's side
    words: str = Field(sa_type=sa.Text)
    at: datetime = Field(default_factory=now)


class MblReceipt(Row, table=True):
    """Whether an organisation has opened and noted what was sent to it; not who of them."""

    __tablename__ = "mbl_receipt"
    __table_args__ = may("SELECT", "INSERT", "UPDATE")

    sending_id: UUID = reference("mbl_sending.id", primary=True, index=False)
    party_id: UUID = reference("mbl_party.id", primary=True)
    opened_at: datetime | None = None
    noted_at: datetime | None = None


class MblReservation(Row, table=True):
    """What documents are handed out under (OSL 10:14); each has documents of its own, and its words
    never change.
    """

    __tablename__ = "mbl_reservation"
    __table_args__ = may("SELECT", "INSERT")

    id: UUID = primary_key()
    matter_id: UUID = reference("mbl_matter.id")
    person_id: UUID = reference("person.id")  # of the employer's side
    words: str = Field(sa_type=sa.Text)
    at: datetime = Field(default_factory=now)


class MblAcknowledgement(Row, table=True):
    """Somebody has read what a document is handed out under, before they opened it."""

    __tablename__ = "mbl_acknowledgement"
    __table_args__ = may("SELECT", "INSERT")

    document_id: UUID = reference("document.id", primary=True, index=False)
    person_id: UUID = reference("person.id", primary=True)
    at: datetime = Field(default_factory=now)


class MblAgreement(Row, table=True):
    """The times of a body from a day on: a local agreement's, and what the authority wants before a
    board's meeting; and the paragraphs that samverkan under it goes instead of (never § 38). One
    that was said is never changed: another comes after it.
    """

    __tablename__ = "mbl_agreement"
    __table_args__ = (
        sa.UniqueConstraint("body_id", "from_day"),
        may("SELECT", "INSERT"),
    )

    id: UUID = primary_key()
    body_id: UUID = reference("union_body.id")
    from_day: date  # for matters that are asked for from then on
    name: str = Field(max_length=100)  # how the agreement is called
    replaces_11: bool = False
    replaces_12: bool = False
    replaces_19: bool = False
    meet_weeks: int
    central_days: int
    central_weeks: int
    documents_days: int
    attestation_days: int
    call_days: int
    at: datetime = Field(default_factory=now)
