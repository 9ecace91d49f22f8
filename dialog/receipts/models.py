"""Tables of receipts: what opens a thing that somebody sent, and how far its numbers have come.

No time, person, address or session stands beside a receipt.
"""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.core.receipts import ReceiptNumber
from dialog.storage.privileges import may
from dialog.storage.rows import Row


class Receipt(Row, table=True):
    """Of the thing with the same id, in the room that the letter stands for. The code itself is
    kept nowhere.
    """

    __tablename__ = "receipt"
    __table_args__ = (
        sa.UniqueConstraint("letter", "year", "serial"),
        may("SELECT", "INSERT"),
    )

    id: UUID = Field(primary_key=True)  # a random UUID, from the form that was sent
    letter: str = Field(max_length=1)
    year: int
    serial: int
    code_hash: str = Field(max_length=200)  # argon2id

    @property
    def number(self) -> ReceiptNumber:
        return ReceiptNumber(self.letter, self.year, self.serial)


class ReceiptSeries(Row, table=True):
    """How far the numbers of a letter have come in a year. Its row is also the lock under which a
    number is given.
    """

    __tablename__ = "receipt_series"
    __table_args__ = may("SELECT", "INSERT", "UPDATE (last)")

    letter: str = Field(max_length=1, primary_key=True)
    year: int = Field(primary_key=True)
    last: int = 0
