"""The chain of a diary: each entry holds the hash of the one before, and commitments to its values.

A commitment is SHA-256 over a random salt and the value: it binds whoever made it to the value and
tells nothing of it without the salt. The chain is made of commitments, so what a value and its salt
said can lawfully be disposed of, and every hash still holds. (Commitments by hashing: Halevi and
Micali, CRYPTO '96; chained records: Haber and Stornetta, "How to time-stamp a digital document",
1991.) Whoever kept the last hash from before notices any change of what came before it.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

SALT_BYTES: Final = 32
_COMMITTED: Final = b"dialog diary value 1"
_ENTRY: Final = b"dialog diary entry 1"
_FIRST: Final = b"dialog diary 1"


@dataclass(frozen=True)
class Opening:
    """What a commitment was made to."""

    value: str
    salt: bytes


@dataclass(frozen=True)
class Entry:
    """One entry as it is kept: its place (1, 2, 3 …), its commitments by name, and two hashes."""

    position: int
    commitments: Mapping[str, bytes]
    previous: bytes
    digest: bytes


@dataclass(frozen=True)
class Head:
    """Where a diary had come when this was written down: the last entry's place and hash."""

    position: int
    digest: bytes


class Fault(StrEnum):
    MISSING = "missing"  # an entry is gone
    MOVED = "moved"  # it does not follow the one before
    CHANGED = "changed"  # its hash is not that of what it holds
    OTHER_VALUE = "other value"  # a value is not the one that was committed to
    GONE = "gone"  # a value is not there, and no entry disposes of it
    UNCOMMITTED = "uncommitted"  # a value is there that no entry knows
    OTHER_HEAD = "other head"  # the diary is not the one that the head was taken of


@dataclass(frozen=True)
class Found:
    """What is wrong with the entry at `position`, and with which of its values."""

    position: int
    fault: Fault
    name: str = ""


def start(authority: str) -> bytes:
    """What the first entry of an authority's diary follows."""
    return hashlib.sha256(_fields(_FIRST, authority.encode())).digest()


def commitment(name: str, opening: Opening) -> bytes:
    """To one value of an entry, 32 bytes."""
    if len(opening.salt) != SALT_BYTES:
        raise ValueError(len(opening.salt))
    said = _fields(_COMMITTED, opening.salt, name.encode(), opening.value.encode())
    return hashlib.sha256(said).digest()


def entry(previous: bytes, position: int, openings: Mapping[str, Opening]) -> Entry:
    """The entry at `position` that commits to these values and follows `previous`."""
    made = {name: commitment(name, each) for name, each in openings.items()}
    return Entry(position, made, previous, _digest(previous, position, made))


def faults(
    authority: str,
    entries: Iterable[tuple[Entry, Mapping[str, Opening]]],
    *,
    disposed: Mapping[int, Iterable[str]],
    heads: Iterable[Head] = (),
) -> Iterator[Found]:
    """All that is wrong with a diary, from its first entry on.

    `entries` come by position, each with the values that are still there; `disposed` says which
    values of which entries were disposed of, as entries of the diary itself tell; `heads` were
    published before. What one change breaks can show in several places: the first is where it is.
    """
    wanted = {head.position: head.digest for head in heads}
    previous, position = start(authority), 0
    for each, openings in entries:
        yield from (Found(place, Fault.MISSING) for place in range(position + 1, each.position))
        if each.position != position + 1 or not hmac.compare_digest(each.previous, previous):
            yield Found(each.position, Fault.MOVED)
        if _digest(each.previous, each.position, each.commitments) != each.digest:
            yield Found(each.position, Fault.CHANGED)
        yield from _values(each, openings, set(disposed.get(each.position, ())))
        if wanted.pop(each.position, each.digest) != each.digest:
            yield Found(each.position, Fault.OTHER_HEAD)
        previous, position = each.digest, max(position, each.position)
    yield from (Found(place, Fault.OTHER_HEAD) for place in sorted(wanted) if place)


def _values(each: Entry, openings: Mapping[str, Opening], disposed: set[str]) -> Iterator[Found]:
    for name, committed in each.commitments.items():
        if name not in openings:
            if name not in disposed:
                yield Found(each.position, Fault.GONE, name)
        elif not _opens(committed, name, openings[name]):
            yield Found(each.position, Fault.OTHER_VALUE, name)
    for name in openings.keys() - each.commitments.keys():
        yield Found(each.position, Fault.UNCOMMITTED, name)


def _opens(committed: bytes, name: str, opening: Opening) -> bool:
    if len(opening.salt) != SALT_BYTES:
        return False
    return hmac.compare_digest(committed, commitment(name, opening))


def _digest(previous: bytes, position: int, commitments: Mapping[str, bytes]) -> bytes:
    named = [part for name in sorted(commitments) for part in (name.encode(), commitments[name])]
    return hashlib.sha256(_fields(_ENTRY, previous, str(position).encode(), *named)).digest()


def _fields(*parts: bytes) -> bytes:
    """Parts set off by their lengths, so that no two lists of parts give the same bytes."""
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)
