"""Taking one layer off a whole batch: exactly as many ballots leave as came, in another order.

The order that they leave in is that of their SHA-256 without the layer, which nobody can tell who
has not the key: that is the shuffle. Doing it again gives the same bytes, so a retry is harmless.

A ballot that does not open is passed on as a *blank*: bytes that count for nothing, made from its
own hash. So is the second of two that are alike inside: a respondent who sealed one answer twice
can then neither stop the round nor be counted in it twice. The number of blanks is on record.
"""

import hashlib
import json
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from itertools import count
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec

from dialog.core.ballots.batch import Batch, header
from dialog.core.ballots.encoding import canonical, is_digest
from dialog.core.ballots.sealing import OVERHEAD, SealError, unseal

AT_A_TIME = 500  # ballots between two words of progress


class WrongKeyError(ValueError):
    """No ballot of the batch opens with this key."""


@dataclass(frozen=True)
class Peeled:
    """A batch and how it leaves: `order` holds the place in the batch of each ballot that leaves,
    `blanks` which of them leave as a blank and at which attempt it was unlike all others.
    """

    batch: Batch
    layer: int
    order: tuple[int, ...]
    blanks: dict[int, int]
    sha256: str  # of the batch that came, in hex

    @property
    def length(self) -> int:
        return self.batch.length - OVERHEAD


@dataclass(frozen=True)
class Record:
    """What one step of the ceremony did; hashes in hex over the whole batches."""

    layer: int
    ballots_in: int
    ballots_out: int
    blanks: int
    in_sha256: str
    out_sha256: str


def blank(sealed: bytes, *, length: int, attempt: int = 0) -> bytes:
    """What stands for the ballot `sealed` when it did not open: SHA-256 in counter mode."""
    seed = b"dialog blank 1\0" + hashlib.sha256(sealed).digest() + attempt.to_bytes(4, "big")
    blocks = range(-(-length // 32))
    return b"".join(hashlib.sha256(seed + at.to_bytes(4, "big")).digest() for at in blocks)[:length]


def peel(
    batch: Batch,
    private: ec.EllipticCurvePrivateKey,
    *,
    layer: int,
    progress: Callable[[int], None] = lambda _done: None,
) -> Peeled:
    """Open every ballot of `batch` and find the order they leave in. Only hashes are kept, so
    that memory does not grow with what a ballot holds; `parts` opens them once more to write them.

    `progress` hears now and then how many are done. Raises WrongKeyError if none opens.
    """
    whole = hashlib.sha256(bytes(batch.data[: batch.start]))
    taken: dict[bytes, int] = {}
    blanks: dict[int, int] = {}
    length = batch.length - OVERHEAD
    for index, sealed in enumerate(batch):
        whole.update(sealed)
        opened = _open(sealed, private, batch.round_id, layer)
        digest = hashlib.sha256(opened or b"").digest()
        if opened is None or digest in taken:
            blanks[index], digest = _unlike(taken, sealed, length)
        taken[digest] = index
        if index % AT_A_TIME == 0:
            progress(index)
    if batch.ballots and len(blanks) == batch.ballots:
        raise WrongKeyError("no ballot opens with this key")
    order = tuple(taken[digest] for digest in sorted(taken))
    return Peeled(batch, layer, order, blanks, whole.hexdigest())


def parts(
    peeled: Peeled,
    private: ec.EllipticCurvePrivateKey,
    *,
    progress: Callable[[int], None] = lambda _done: None,
) -> Iterator[bytes]:
    """The batch that leaves, piece by piece: its header, then its ballots in their new order.
    Nothing is ever written in the old one.
    """
    batch = peeled.batch
    yield header(
        batch.round_id, ballots=batch.ballots, length=peeled.length, layers=batch.layers - 1
    )
    for done, index in enumerate(peeled.order):
        sealed = batch.ballot(index)
        attempt = peeled.blanks.get(index)
        if attempt is None:
            yield unseal(sealed, private, round_id=batch.round_id, layer=peeled.layer)
        else:
            yield blank(sealed, length=peeled.length, attempt=attempt)
        if done % AT_A_TIME == 0:
            progress(done)


def record(peeled: Peeled, *, out_sha256: str) -> Record:
    number = peeled.batch.ballots
    return Record(peeled.layer, number, number, len(peeled.blanks), peeled.sha256, out_sha256)


def dump(record: Record) -> bytes:
    return canonical(
        {
            "layer": record.layer,
            "in": record.ballots_in,
            "out": record.ballots_out,
            "blanks": record.blanks,
            "in_sha256": record.in_sha256,
            "out_sha256": record.out_sha256,
        }
    )


def load(data: bytes) -> Record:
    """Raises ValueError for anything but a record."""
    try:
        read = json.loads(data)
        layer, came, left, blanks = (read[name] for name in ("layer", "in", "out", "blanks"))
        made = Record(layer, came, left, blanks, read["in_sha256"], read["out_sha256"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ValueError("not a record") from None
    if not all(type(number) is int and number >= 0 for number in (layer, came, left, blanks)):
        raise ValueError("not a record")
    if not (is_digest(made.in_sha256) and is_digest(made.out_sha256)):
        raise ValueError("not a record")
    return made


def _unlike(taken: Container[bytes], sealed: bytes, length: int) -> tuple[int, bytes]:
    """The first attempt at a blank that is unlike all that was taken before, and its SHA-256."""
    for attempt in count():
        digest = hashlib.sha256(blank(sealed, length=length, attempt=attempt)).digest()
        if digest not in taken:
            break
    return attempt, digest


def _open(
    sealed: bytes, private: ec.EllipticCurvePrivateKey, round_id: UUID, layer: int
) -> bytes | None:
    try:
        return unseal(sealed, private, round_id=round_id, layer=layer)
    except SealError:
        return None
