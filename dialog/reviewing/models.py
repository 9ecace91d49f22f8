"""Tables of text review: what was decided of each free text, and what may be shown of them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.storage.clock import now
from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference


class Outcome(StrEnum):
    QUOTED = "quoted"  # shown, with parts masked or none
    SUMMARISED = "summarised"  # shown in the reviewer's words
    WITHHELD = "withheld"


class ApprovedText(Row, table=True):
    """What is shown of a free text. It does not say which it came from, or when: `path` ends with
    the code of a verksamhet or what is above it, and the random id is the order of the list.
    """

    __tablename__ = "approved_text"
    __table_args__ = may("SELECT", "INSERT", "DELETE")

    id: UUID = primary_key()
    round_id: UUID = reference("round.id")
    item: str = Field(max_length=40)
    path: str = Field(sa_type=sa.Text)  # as the tree was, see organisation.Unit.path
    outcome: Outcome = choice(Outcome, name="outcome")
    text: str = Field(sa_type=sa.Text)


class TextDecision(Row, table=True):
    """Who decided what of a text. It is disposed of together with the original."""

    __tablename__ = "text_decision"
    __table_args__ = may("SELECT", "INSERT", "DELETE")

    text_id: UUID = Field(foreign_key="text_answer.id", primary_key=True, ondelete="CASCADE")
    outcome: Outcome = choice(Outcome, name="outcome")
    approved_id: UUID | None = Field(default=None, foreign_key="approved_text.id", index=True)
    decided_by: UUID = reference("person.id")
    decided_at: datetime = Field(default_factory=now)
