"""Finding thousands of byte strings at once in much data, wherever they begin."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

SHORTEST = 8  # bytes of a string that can be looked for
CHUNK = 2**22

T = TypeVar("T")
Words = npt.NDArray[np.uint64]


class Needles(Generic[T]):
    """What is looked for: each byte string with what it stands for."""

    def __init__(self, meaning: Mapping[bytes, T]) -> None:
        if any(len(needle) < SHORTEST for needle in meaning):
            raise ValueError("a needle is too short to be found by chance alone")
        self._by_start: dict[int, list[tuple[bytes, T]]] = {}
        for needle, what in meaning.items():
            start = int.from_bytes(needle[:SHORTEST], "little")
            self._by_start.setdefault(start, []).append((needle, what))

    @cached_property
    def _starts(self) -> Words:
        return np.array(sorted(self._by_start), dtype=np.uint64)

    @cached_property
    def _first_three(self) -> npt.NDArray[np.bool_]:
        """Which three first bytes any needle has: tells nearly all places apart at once."""
        table = np.zeros(2**24, dtype=np.bool_)
        table[(self._starts & np.uint64(0xFFFFFF)).astype(np.int64)] = True
        return table

    def find(self, data: bytes) -> Iterator[tuple[int, T]]:
        """Offset and meaning of every needle in `data`, by offset."""
        if not self._by_start:
            return
        for at in range(0, len(data), CHUNK):
            part = np.frombuffer(data[at : at + CHUNK + SHORTEST - 1], dtype=np.uint8)
            for offset, start in self._candidates(part):
                for needle, what in self._by_start[start]:
                    if data.startswith(needle, at + offset):
                        yield at + offset, what

    def _candidates(self, part: npt.NDArray[np.uint8]) -> Iterator[tuple[int, int]]:
        if len(part) < SHORTEST:
            return
        places = len(part) - SHORTEST + 1
        wide = part.astype(np.uint32)
        three = wide[:places] | wide[1 : places + 1] << 8 | wide[2 : places + 2] << 16
        likely = np.flatnonzero(self._first_three[three])
        words = np.zeros(len(likely), dtype=np.uint64)
        for byte in range(SHORTEST):
            words |= part[likely + byte].astype(np.uint64) << np.uint64(8 * byte)
        near = np.minimum(np.searchsorted(self._starts, words), len(self._starts) - 1)
        found = self._starts[near] == words
        yield from zip(likely[found].tolist(), words[found].tolist(), strict=True)
