"""Looks for a value of twelve characters or more that an opened answer has in common with anything
that existed before opening: an id, a hash, a nonce, as it is or in another spelling.

What at least k answers hold alike (the round, a unit, the name of an item) is no trace of one.
"""

import base64
import binascii
import hashlib
from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from tests.attacks.haul import Haul, Stream
from tests.attacks.measures import Measure, faults
from tests.attacks.searching import SHORTEST, Needles

LENGTH = 12
LONGEST_ID = 200
HASHES = ("md5", "sha1", "sha256", "sha384", "sha512")


def run(haul: Haul) -> Iterator[Measure]:
    rows = list(_opened(haul))
    held = Counter(window for row in rows for window in set(_windows(row)))
    rare = {window: window for window, n in held.items() if n < haul.k}
    needles = Needles(rare)
    found = []
    for stream in _staff_side(haul):
        shared = {window for _, window in needles.find(stream.data)}
        found += [f"{window!r} in {stream.name}" for window in shared]
    yield faults("values that an answer shares with anything before opening", found, of=len(rare))
    digests = {hashlib.new(name, value).digest() for value in haul.values for name in HASHES}
    hashed = {digest[:LENGTH] for digest in digests} | {
        digest.hex()[:LENGTH].encode() for digest in digests
    }
    both = [f"{window!r}" for row in rows for window in _windows(row) if window in hashed]
    yield faults("hashes of what people are known by in an answer", both, of=len(hashed))


def _opened(haul: Haul) -> Iterator[bytes]:
    """Every stored answer and text with all its columns, as one line each."""
    needles = haul.mark_needles
    for stream in haul.streams(haul.last):
        if stream.name.startswith("rows of ") and " by " not in stream.name:
            for line in stream.data.splitlines():
                if needles.is_in(line):
                    yield line


def _windows(row: bytes) -> Iterator[bytes]:
    """Twelve characters from every place of every column and of its other spellings; of raw bytes
    eight are as many as that.
    """
    for value in row.split(b"\t"):
        for form, length in _spellings(value):
            for at in range(len(form) - length + 1):
                yield form[at : at + length]


def _spellings(value: bytes) -> Iterator[tuple[bytes, int]]:
    """The value, and if it may be an id or a code: raw, otherwise spelt, and its hashes."""
    yield value, LENGTH
    if not LENGTH <= len(value) <= LONGEST_ID:
        return
    raw = _raw(value)
    if raw is not None:
        yield raw, SHORTEST
        for text in (raw.hex().encode(), base64.b64encode(raw), base64.urlsafe_b64encode(raw)):
            yield text, LENGTH
    for name in HASHES:
        digest = hashlib.new(name, value)
        yield digest.digest()[:LENGTH], LENGTH
        yield digest.hexdigest()[:LENGTH].encode(), LENGTH


def _raw(value: bytes) -> bytes | None:
    try:
        return UUID(value.decode()).bytes
    except (ValueError, UnicodeDecodeError):
        pass
    try:
        return bytes.fromhex(value.decode())
    except (ValueError, UnicodeDecodeError):
        pass
    try:
        return base64.b64decode(value, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None


def _staff_side(haul: Haul) -> Iterator[Stream]:
    """All that existed before opening: the last copy of everything, and all traffic."""
    before = [look for look in haul.looks if not look.opened]
    for stream in haul.streams(before[-1]):
        if not stream.name.startswith("rows of "):  # the same as the dump
            yield stream
    yield Stream("traffic", b"\n".join(one.head + b"\n" + one.body for one in haul.heard))
