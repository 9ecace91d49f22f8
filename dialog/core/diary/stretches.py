"""Stretches of a diary: which of the places in one hold something, as bits, packed.

What many lines hold is one bit for each, so that what all of ten words have together is known in
microseconds; what a single line holds is some twenty bytes.
"""

import zlib
from collections.abc import Iterator
from typing import Final

LENGTH: Final = 4_096  # places


class UnpackedError(ValueError):
    """Somebody else has written what should be packed bits."""


def place(position: int) -> tuple[int, int]:
    """The stretch that a position is in, and its bit there."""
    stretch, bit = divmod(position, LENGTH)
    return stretch, 1 << bit


def positions(stretch: int) -> range:
    return range(stretch * LENGTH, (stretch + 1) * LENGTH)


def pack(bits: int) -> bytes:
    return zlib.compress(bits.to_bytes(LENGTH // 8, "little"), level=1)


def unpack(packed: bytes) -> int:
    """Raises UnpackedError."""
    try:
        return int.from_bytes(zlib.decompress(packed), "little")
    except zlib.error as error:
        raise UnpackedError from error


def latest_first(stretch: int, bits: int) -> Iterator[int]:
    """The positions whose bits are set."""
    while bits:
        bit = bits.bit_length() - 1
        yield stretch * LENGTH + bit
        bits ^= 1 << bit
