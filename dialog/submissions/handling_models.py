"""Tables of what the authority does with a letter: what it asks for, and what it replies."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.storage.clock import now
from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference


class ReplyState(StrEnum):
    DRAFTING = "drafting"
    PROPOSED = "proposed"  # waits for somebody else's approval
    SENT = "sent"


class SubmissionReply(Row, table=True):
    """The authority's reply to a letter. It is sent by whoever approves it, never by a writer."""

    __tablename__ = "submission_reply"
    __table_args__ = (
        sa.UniqueConstraint("submission_id"),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent"),
        sa.CheckConstraint("(state = 'sent') = (line_id IS NOT NULL)", name="line"),
        may("SELECT", "INSERT", "UPDATE", "MAINTAIN"),
    )

    id: UUID = primary_key()
    submission_id: UUID = reference("submission.id", index=False)
    state: ReplyState = choice(ReplyState, name="state", default=ReplyState.DRAFTING)
    text: str = Field(sa_type=sa.Text)  # Markdown
    revision: int = 1  # one more for each change
    changed_at: datetime = Field(default_factory=now)
    approved_by: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    sent_at: datetime | None = None
    line_id: UUID | None = Field(default=None, foreign_key="diary_line.id", index=True)


class ReplyWriter(Row, table=True):
    """Who has had a part in writing a reply: they do not approve it."""

    __tablename__ = "submission_reply_writer"
    __table_args__ = may("SELECT", "INSERT")

    reply_id: UUID = reference("submission_reply.id", primary=True, index=False)
    person_id: UUID = reference("person.id", primary=True)


class SubmissionQuestion(Row, table=True):
    """What a handler has asked of those who signed, and what an organisation has answered."""

    __tablename__ = "submission_question"
    __table_args__ = (
        sa.CheckConstraint("(answered_at IS NULL) = (answer_line_id IS NULL)", name="answered"),
        may("SELECT", "INSERT", "UPDATE", "MAINTAIN"),
    )

    id: UUID = primary_key()
    submission_id: UUID = reference("submission.id")
    text: str = Field(sa_type=sa.Text)
    asked_by: UUID = reference("person.id")
    asked_at: datetime = Field(default_factory=now)
    line_id: UUID = reference("diary_line.id")
    answer: str = Field(default="", sa_type=sa.Text)
    answered_at: datetime | None = None
    organisation_id: UUID | None = Field(
        default=None, foreign_key="union_organisation.id", index=True
    )  # that answered
    answer_line_id: UUID | None = Field(default=None, foreign_key="diary_line.id", index=True)
