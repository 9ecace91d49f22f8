"""Tables of the ballot box. Nothing in them says who, when, in what order or from where."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from dialog.storage.privileges import may
from dialog.storage.rows import NAMING


class BoxRow(SQLModel, registry=registry(metadata=sa.MetaData(naming_convention=NAMING))):
    """A row of the ballot box's own database."""


class BoxRound(BoxRow, table=True):
    """A round as last announced by the staff application, in its own bytes."""

    __tablename__ = "box_round"
    # Kept for ever: a token of a round that was erased would count again.
    __table_args__ = may("SELECT", "INSERT", "UPDATE (sequence, announcement, handed_over)")

    round_id: UUID = Field(primary_key=True)
    sequence: int = Field(sa_type=sa.BigInteger)
    announcement: bytes = Field(sa_type=sa.LargeBinary)  # core.ballots.state
    handed_over: bool = False  # from now on no ballot is taken, whatever is announced


class SealedBallot(BoxRow, table=True):
    """A ballot, found by the hash of the token that was spent for it.

    Without row ids, so that SQLite keeps it in the order of the hashes.
    """

    __tablename__ = "sealed_ballot"
    # A ballot is never changed; all of a round go when it was opened.
    __table_args__ = {"sqlite_with_rowid": False, **may("SELECT", "INSERT", "DELETE")}

    round_id: UUID = Field(primary_key=True)
    token_hash: bytes = Field(sa_type=sa.LargeBinary(32), primary_key=True)  # SHA-256
    digest: bytes = Field(sa_type=sa.LargeBinary(32))  # SHA-256 of the ballot
    ballot: bytes = Field(sa_type=sa.LargeBinary)
