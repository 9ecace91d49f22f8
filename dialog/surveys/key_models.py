"""Tables of who holds a round's keys, and of what happened at the opening with them."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.core.ballots.recovery import check_code
from dialog.storage.clock import now
from dialog.storage.privileges import may
from dialog.storage.rows import Row, primary_key, reference


class Trustee(Row, table=True):
    """A key of a round beside the platform's: who holds it, who is the deputy, and how far it has
    come. `place` is its layer: 1 lies next to the platform's, the last is opened first.
    """

    __tablename__ = "trustee"
    __table_args__ = (
        sa.UniqueConstraint("round_id", "place"),
        sa.CheckConstraint("place BETWEEN 1 AND 3", name="place"),
        sa.CheckConstraint("person_id <> deputy_id", name="deputy"),
    )

    id: UUID = primary_key()
    round_id: UUID = reference("round.id")
    place: int
    function: str = Field(max_length=100)  # "skyddsombud": what the public is told instead of names
    person_id: UUID = reference("person.id")
    deputy_id: UUID = reference("person.id")
    public_key: bytes = Field(default=b"", sa_type=sa.LargeBinary)  # a point, 65 bytes
    registered_at: datetime | None = None
    own_tested_at: datetime | None = None  # the copy was shown to open a test ballot
    deputy_tested_at: datetime | None = None
    lost_at: datetime | None = None  # the key cannot be used, as its holder says
    own_destroyed_at: datetime | None = None  # confirmed: every copy of theirs is gone
    deputy_destroyed_at: datetime | None = None

    @property
    def check_code(self) -> str:
        """Names the key; empty while there is none."""
        return check_code(self.public_key) if self.public_key else ""


class KeyTest(Row, table=True):
    """A test ballot that was given out. Only the hash of what is in it is kept."""

    __tablename__ = "key_test"
    __table_args__ = may("SELECT", "INSERT", "DELETE")

    id: UUID = primary_key()
    trustee_id: UUID = reference("trustee.id")
    by_deputy: bool = False
    answer: str = Field(max_length=64)
    made_at: datetime = Field(default_factory=now)


class CeremonyStep(Row, table=True):
    """One step of an opening: how many ballots came and left, and the hashes of both batches.
    `place` is how many layers are left on what leaves: one more than there are trustees when the
    ballot box hands over, the trustee's own place, 0 when the platform has opened.
    """

    __tablename__ = "ceremony_step"
    __table_args__ = may("SELECT", "INSERT")

    round_id: UUID = reference("round.id", primary=True, index=False)
    place: int = Field(primary_key=True)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    by_deputy: bool = False
    at: datetime = Field(default_factory=now)
    ballots_in: int
    ballots_out: int
    blanks: int = 0
    in_sha256: str = Field(default="", max_length=64)
    out_sha256: str = Field(default="", max_length=64)
