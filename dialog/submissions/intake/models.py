"""The table of batches: scanned files of several letters, which wait to be cut up."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field

from dialog.storage.clock import now
from dialog.storage.privileges import may
from dialog.storage.rows import Row, primary_key, reference


class LetterBatch(Row, table=True):
    """Its file is its document. It is gone when its letters are taken in, or after a week."""

    __tablename__ = "letter_batch"
    __table_args__ = may("SELECT", "INSERT", "UPDATE", "DELETE", "MAINTAIN")

    id: UUID = primary_key()
    person_id: UUID = reference("person.id")  # the registrar who handed it in, and nobody else's
    authority_id: UUID = reference("diary_authority.id")
    arrived_on: date
    given_sha256: str = Field(max_length=64)
    at: datetime = Field(default_factory=now, index=True)
