"""Published counts as equations between unknown numbers of people."""

from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dialog.auditing.reading import Cell, Published

Kind = tuple[tuple[str, ...], str]  # the unit in each release, and the level
NO_LEVEL = "*"  # those on levels that no release names


class Key(NamedTuple):
    """A published count less the nearest published ones within it."""

    release: int
    item: str
    unit: str
    level: str


class Equations:
    """`members` gives the unknowns of each equation by number; `cells` where an unknown is, in
    the last release, and `kinds` some of its people. People whom no published count tells apart
    are one unknown.
    """

    def __init__(
        self, releases: Sequence[Published], where: Sequence[tuple[str, ...]], items: Sequence[str]
    ) -> None:
        self.items, self._releases = list(items), releases
        self.cells: list[Cell] = []
        self.kinds: list[Kind] = []
        self.members: dict[Key, list[int]] = {}
        self._known: dict[tuple[int, str], dict[Cell, int]] = {}
        self._keys: list[tuple[Key | None, ...]] = []
        self._regions: list[set[Hashable]] = []
        levels = (*_levels(releases), NO_LEVEL)
        numbers: dict[tuple[Key | None, ...], int] = {}
        for units in where:
            by_level = {level: tuple(self._around(units, level)) for level in levels}
            region = tuple(keys[1::2] for keys in by_level.values())
            for level, keys in by_level.items():
                number = numbers.setdefault(keys, len(numbers))
                if number == len(self.cells):
                    self.cells.append((units[-1], level))
                    self.kinds.append((units, level))
                    self._keys.append(keys)
                    self._regions.append(set())
                    for key in filter(None, keys):
                        self.members.setdefault(key, []).append(number)
                self._regions[number].add(region)

    def left(self, key: Key) -> int:
        """The people of an equation."""
        at = (key.release, key.item)
        if at not in self._known:
            seen = self._releases[key.release]
            rest = dict(seen.counts[key.item])
            for (unit, level), n in seen.counts[key.item].items():
                above = (one for one in seen.up(seen.parents[unit]) if (one, level) in rest)
                nearest = next(above, None)
                if nearest is not None:
                    rest[nearest, level] -= n
            self._known[at] = rest
        return self._known[at][key.unit, key.level]

    def empty(self) -> NDArray[np.bool_]:
        """Unknowns in an equation of nobody: item by item, with those that it holds within it."""
        found = np.zeros((len(self.items), len(self.cells)), dtype=bool)
        for key, members in self.members.items():
            if not self.left(key):
                found[self.items.index(key.item) :, members] = True
        return found

    def columns(self, k: int) -> list[Hashable | None]:
        """The unknowns that rows may exchange have the same column; None for those that they may
        not: rows below k, that reach over several sets of levels, or cut across each other.
        """
        if len(self._releases) > 1:
            return [None] * len(self.cells)
        rows = [keys[::2] for keys in self._keys]
        reach: dict[Key, set[Hashable]] = {}
        beside: dict[Key, set[Hashable]] = {}
        for row, regions in zip(rows, self._regions, strict=True):
            for key in filter(None, row):
                reach.setdefault(key, set()).update(regions)
            if row[0] is not None:
                beside.setdefault(row[0], set()).add(row)
        return [
            (next(iter(regions)), keys[1::2])
            if None not in row
            and all(self.left(key) >= k and len(reach[key]) == 1 for key in row if key)
            and (row[0] is None or len(beside[row[0]]) == 1)
            else None
            for keys, row, regions in zip(self._keys, rows, self._regions, strict=True)
        ]

    def _around(self, units: tuple[str, ...], level: str) -> Iterator[Key | None]:
        """Of each release and item the smallest published sums that hold these people: over all
        levels, then at theirs.
        """
        for number, (seen, unit) in enumerate(zip(self._releases, units, strict=True)):
            for item in self.items:
                for at in ("", level):
                    above = (one for one in seen.up(unit) if (one, at) in seen.counts[item])
                    nearest = next(above, None)
                    yield None if nearest is None else Key(number, item, nearest, at)


def _levels(releases: Sequence[Published]) -> list[str]:
    named: dict[str, None] = {}
    for seen in releases:
        for counts in seen.counts.values():
            named.update(dict.fromkeys(level for _unit, level in counts if level))
    return list(named)
