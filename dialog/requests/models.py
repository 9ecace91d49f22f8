"""Tables of requests to read documents: each with its documents, questions and steps.

Of who asks there is nothing but the name that they choose to give; of when only the day.
"""

from datetime import date, datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.core.requests import State, Verdict
from dialog.storage.clock import now, today
from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference

LETTER: Final = "U"  # of the numbers of requests (utlämnande)
ABOUT: Final = "disclosure-request"  # what a request's files are about


class DisclosureRequest(Row, table=True):
    """Its id is its receipt's, which has the number."""

    __tablename__ = "disclosure_request"
    __table_args__ = may("SELECT", "INSERT", "UPDATE", "MAINTAIN")

    id: UUID = Field(primary_key=True, foreign_key="receipt.id")
    state: State = choice(State, name="state", default=State.RECEIVED, index=True)
    outcome: State | None = choice(State, name="outcome", default=None)  # released, partly, refused
    text: str = Field(sa_type=sa.Text)
    wanted: str = Field(default="", max_length=100)  # a diary number, as it was written
    name: str = Field(default="", max_length=200)  # empty: the requester is not known
    received_on: date = Field(default_factory=today, index=True)
    handler_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    reply: str = Field(default="", sa_type=sa.Text)
    answered_on: date | None = Field(default=None, index=True)
    decision: str = Field(default="", sa_type=sa.Text)
    decided_on: date | None = None
    line_id: UUID | None = Field(default=None, foreign_key="diary_line.id", index=True)
    reply_line_id: UUID | None = Field(default=None, foreign_key="diary_line.id", index=True)

    @property
    def contestable(self) -> bool:
        """Whether the requester can have the authority's decision: there is none yet, and not all
        was released.
        """
        return self.decided_on is None and self.outcome in {State.PARTLY, State.REFUSED}


class RequestedDocument(Row, table=True):
    """A document that a request is about, with what was said of it at this request. Its file, and
    the redacted copy that is given instead, are documents of the request.
    """

    __tablename__ = "requested_document"
    __table_args__ = (
        sa.CheckConstraint("verdict <> 'redacted' OR copy_id IS NOT NULL", name="copy"),
        may("SELECT", "INSERT", "UPDATE", "DELETE", "MAINTAIN"),
    )

    id: UUID = primary_key()
    request_id: UUID = reference("disclosure_request.id")
    line_id: UUID = reference("diary_line.id")
    document_id: UUID | None = Field(
        default=None, foreign_key="document.id", index=True
    )  # or paper
    version: int = 1  # of the file, when it was found
    verdict: Verdict | None = choice(Verdict, name="verdict", default=None)
    copy_id: UUID | None = Field(default=None, foreign_key="document.id", index=True)
    copy_version: int = 1
    paragraph: str = Field(default="", max_length=40)  # by which something is withheld
    reason: str = Field(default="", max_length=1000)


class Reassessment(Row, table=True):
    """What is said anew of a document where the authority itself decides: it takes the place of
    what was said before when the decision is sent, and not before.
    """

    __tablename__ = "requested_document_reassessment"
    __table_args__ = (
        sa.CheckConstraint("verdict <> 'redacted' OR copy_id IS NOT NULL", name="copy"),
        may("SELECT", "INSERT", "UPDATE", "DELETE", "MAINTAIN"),
    )

    part_id: UUID = reference("requested_document.id", index=False, primary=True)
    verdict: Verdict = choice(Verdict, name="verdict")
    copy_id: UUID | None = Field(default=None, foreign_key="document.id", index=True)
    copy_version: int = 1
    paragraph: str = Field(default="", max_length=40)
    reason: str = Field(default="", max_length=1000)


class RequestQuestion(Row, table=True):
    """What an official asks, so that the documents can be found, and the requester's answer."""

    __tablename__ = "request_question"
    __table_args__ = may("SELECT", "INSERT", "UPDATE", "MAINTAIN")

    id: UUID = primary_key()
    request_id: UUID = reference("disclosure_request.id")
    question: str = Field(max_length=1000)
    asked_on: date = Field(default_factory=today)
    answer: str = Field(default="", max_length=2000)
    answered_on: date | None = None


class RequestStep(Row, table=True):
    """What has happened to a request: who of the officials, when and why. Of what the requester
    does (`person_id` None) only the day.
    """

    __tablename__ = "request_step"
    __table_args__ = may("SELECT", "INSERT")

    id: UUID = primary_key()
    request_id: UUID = reference("disclosure_request.id")
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    at: datetime = Field(default_factory=now)
    action: str = Field(max_length=40)
    before: str = Field(max_length=40)
    after: str = Field(max_length=40)
    reason: str = Field(default="", max_length=1000)
