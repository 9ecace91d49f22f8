"""Finding thousands of byte strings at once in much data, wherever they begin."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

SHORTEST = 8  # bytes of a string that can be looked for
LONGEST = 24  # bytes of a needle by which it is recognised
CHUNK = 2**22

T = TypeVar("T")
Words = npt.NDArray[np.uint64]


class Needles(Generic[T]):
    """What is looked for: each byte string with what it stands for."""

    def __init__(self, meaning: Mapping[bytes, T]) -> None:
        if any(len(needle) < SHORTEST for needle in meaning):
            raise ValueError("a needle is too short to be found by chance alone")
        # Each is recognised by eight of its bytes that few others have: addresses begin alike.
        shared = Counter(window for needle in meaning for _, window in _windows(needle))
        self._by_window: dict[int, list[tuple[int, bytes, T]]] = {}
        for needle, what in meaning.items():
            at, window = min(_windows(needle), key=lambda one: shared[one[1]])
            self._by_window.setdefault(window, []).append((at, needle, what))

    @cached_property
    def _sorted(self) -> Words:
        return np.array(sorted(self._by_window), dtype=np.uint64)

    @cached_property
    def _first_three(self) -> npt.NDArray[np.bool_]:
        """Which three first bytes any window has: tells nearly all places apart at once."""
        table = np.zeros(2**24, dtype=np.bool_)
        table[(self._sorted & np.uint64(0xFFFFFF)).astype(np.int64)] = True
        return table

    def find(self, data: bytes) -> list[tuple[int, T]]:
        """Offset and meaning of every needle in `data`, by offset."""
        found: list[tuple[int, T]] = []
        end = len(data.rstrip(b"\0")) + LONGEST  # files are often filled up with nothing
        for start in range(0, min(len(data), end) if self._by_window else 0, CHUNK):
            part = np.frombuffer(data[start : start + CHUNK + SHORTEST - 1], dtype=np.uint8)
            for place, window in self._candidates(part):
                for at, needle, what in self._by_window[window]:
                    offset = start + place - at
                    if offset >= 0 and data.startswith(needle, offset):
                        found.append((offset, what))
        return sorted(found, key=lambda one: one[0])

    def is_in(self, data: bytes) -> bool:
        return bool(self.find(data))

    def _candidates(self, part: npt.NDArray[np.uint8]) -> Iterator[tuple[int, int]]:
        """Places in `part` where a window begins, with the window."""
        if len(part) < SHORTEST:
            return
        places = len(part) - SHORTEST + 1
        wide = part.astype(np.uint32)
        three = wide[:places] | wide[1 : places + 1] << 8 | wide[2 : places + 2] << 16
        likely = np.flatnonzero(self._first_three[three])
        words = np.zeros(len(likely), dtype=np.uint64)
        for byte in range(SHORTEST):
            words |= part[likely + byte].astype(np.uint64) << np.uint64(8 * byte)
        near = np.minimum(np.searchsorted(self._sorted, words), len(self._sorted) - 1)
        found = self._sorted[near] == words
        yield from zip(likely[found].tolist(), words[found].tolist(), strict=True)


def _windows(needle: bytes) -> list[tuple[int, int]]:
    """Where eight bytes of the needle begin, among the first, with the eight as a number."""
    last = min(len(needle) - SHORTEST, LONGEST - SHORTEST)
    return [(at, int.from_bytes(needle[at : at + SHORTEST], "little")) for at in range(last + 1)]
