"""The batch in which the ballot box hands over a round: a header line, then ballots of one length.

Ballots stand sorted by their SHA-256, which says nothing of when they came.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap
from uuid import UUID

from dialog.core.ballots.encoding import canonical

MAX_HEADER = 1024


class BatchError(ValueError):
    """A file that is not the batch it should be; the message says in what way."""


@dataclass(frozen=True)
class Batch:
    """A batch read from `data`: ballot i lies at `start + i * length`."""

    data: bytes | mmap
    round_id: UUID
    ballots: int
    length: int
    start: int

    def ballot(self, index: int) -> bytes:
        at = self.start + index * self.length
        return bytes(self.data[at : at + self.length])

    def __iter__(self) -> Iterator[bytes]:
        return (self.ballot(index) for index in range(self.ballots))


def header(round_id: UUID, *, ballots: int, length: int) -> bytes:
    """The first line. `length` is the bytes of a sealed ballot."""
    return canonical({"round": str(round_id), "ballots": ballots, "length": length}) + b"\n"


def parse(data: bytes | mmap, *, round_id: UUID, length: int) -> Batch:
    """Read a batch of this round whose sealed ballots have `length` bytes. Raises BatchError."""
    end = data.find(b"\n", 0, MAX_HEADER)
    try:
        read = json.loads(bytes(data[: max(end, 0)]))
        batch = Batch(data, UUID(read["round"]), int(read["ballots"]), int(read["length"]), end + 1)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BatchError("the header cannot be read") from None
    if batch.round_id != round_id:
        raise BatchError("the batch is another round's")
    if batch.length != length:
        raise BatchError("the ballots have another length than the round's")
    if batch.ballots < 0 or len(data) != batch.start + batch.ballots * batch.length:
        raise BatchError("the file is cut off or too long")
    return batch


def check_order(batch: Batch) -> None:
    """Raises BatchError unless the ballots stand in strict order of SHA-256: none stands twice."""
    before = b""
    for ballot in batch:
        digest = hashlib.sha256(ballot).digest()
        if digest <= before:
            raise BatchError("the ballots are not in order, or one stands twice")
        before = digest
