"""The batch in which a round is handed on: a header line, then ballots of one length.

Ballots stand sorted by their SHA-256, which says nothing of when they came, nor, once a layer has
been taken off, of where they stood before.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from dialog.core.ballots.encoding import canonical

MAX_HEADER = 1024


class Fault(StrEnum):
    """What can be wrong with a batch."""

    HEADER = "the header cannot be read"
    ROUND = "the batch is another round's"
    LENGTH = "the ballots have another length than the round's"
    LAYERS = "the ballots have another number of layers"
    CUT = "the file is cut off or too long"
    ORDER = "the ballots are not in order, or one stands twice"


class BatchError(ValueError):
    """A file that is not the batch it should be; `fault` says in what way."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class Source(Protocol):
    """Bytes of which any part can be read: bytes, a memory map, an open file."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> bytes: ...


@dataclass(frozen=True)
class Batch:
    """A batch read from `data`: ballot i lies at `start + i * length`, in `layers` seals."""

    data: Source
    round_id: UUID
    ballots: int
    length: int
    layers: int
    start: int

    def ballot(self, index: int) -> bytes:
        at = self.start + index * self.length
        return bytes(self.data[at : at + self.length])

    def __iter__(self) -> Iterator[bytes]:
        return (self.ballot(index) for index in range(self.ballots))


def header(round_id: UUID, *, ballots: int, length: int, layers: int = 1) -> bytes:
    """The first line. `length` is the bytes of a sealed ballot, `layers` how many seals it has."""
    fields = {"round": str(round_id), "ballots": ballots, "length": length, "layers": layers}
    return canonical(fields) + b"\n"


def read(data: Source) -> Batch:
    """Read a batch that is whole, whatever round it is of. Raises BatchError."""
    first, found, _rest = bytes(data[:MAX_HEADER]).partition(b"\n")
    try:
        fields = json.loads(first if found else b"")
        ballots, length, layers = (fields[name] for name in ("ballots", "length", "layers"))
        round_id = UUID(fields["round"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BatchError(Fault.HEADER) from None
    if not all(type(number) is int and number >= 0 for number in (ballots, length, layers)):
        raise BatchError(Fault.HEADER)
    batch = Batch(data, round_id, ballots, length, layers, start=len(first) + 1)
    if header(round_id, ballots=batch.ballots, length=batch.length, layers=batch.layers) != (
        first + b"\n"
    ):
        raise BatchError(Fault.HEADER)  # another form of the same would have another hash
    if len(data) != batch.start + batch.ballots * batch.length:
        raise BatchError(Fault.CUT)
    return batch


def parse(data: Source, *, round_id: UUID, length: int, layers: int = 1) -> Batch:
    """Read a batch of this round whose ballots have `length` bytes in `layers` seals. Raises
    BatchError.
    """
    batch = read(data)
    if batch.round_id != round_id:
        raise BatchError(Fault.ROUND)
    if batch.layers != layers:
        raise BatchError(Fault.LAYERS)
    if batch.length != length:
        raise BatchError(Fault.LENGTH)
    return batch


def check_order(batch: Batch) -> None:
    """Raises BatchError unless the ballots stand in strict order of SHA-256: none stands twice."""
    before = b""
    for ballot in batch:
        digest = hashlib.sha256(ballot).digest()
        if digest <= before:
            raise BatchError(Fault.ORDER)
        before = digest
