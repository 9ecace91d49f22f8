"""The list of receipts of a closed round: the hash of every ballot that the ballot box handed over.

Whoever answered has the hash of their own ballot, and finds it there. The list is public, says
nothing of what a ballot holds, and stands in the order of the hashes.
"""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from dialog.core.ballots.batch import Batch
from dialog.core.ballots.sealing import message
from dialog.surveys.models import ReceiptList

SIZE = 32  # bytes of a receipt: a SHA-256


def keep(session: Session, *, round_id: UUID, batch: Batch) -> None:
    """Keep the list of what the box handed over. The caller commits; again changes nothing, for
    what everybody may have looked up is not replaced.
    """
    if session.get(ReceiptList, round_id) is None:
        receipts = b"".join(message(ballot) for ballot in batch)
        session.add(ReceiptList(round_id=round_id, receipts=receipts))
        session.flush()


def listed(session: Session, *, round_id: UUID) -> list[str] | None:
    """The receipts in hex, sorted; None before the ballots were handed over."""
    kept = session.connection().scalar(
        sa.select(TABLE.c.receipts).where(TABLE.c.round_id == round_id)
    )
    if kept is None:
        return None
    return [kept[at : at + SIZE].hex() for at in range(0, len(kept), SIZE)]


def count(session: Session, *, round_id: UUID) -> int | None:
    """How many receipts there are; None before the ballots were handed over."""
    length = sa.func.length(TABLE.c.receipts)
    size = session.connection().scalar(sa.select(length).where(TABLE.c.round_id == round_id))
    return None if size is None else int(size) // SIZE


TABLE = sa.inspect(ReceiptList).local_table
