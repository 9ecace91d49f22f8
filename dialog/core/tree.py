"""A tree of units as arrays: parents before children, for sums over whole subtrees."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Tree:
    """`codes` in tree order: depth first, siblings by code, so that a parent comes before its
    children. `parent` holds positions, -1 at a root; `layers` the positions of each depth.
    """

    codes: tuple[str, ...]
    parent: Numbers
    depth: Numbers
    layers: tuple[Numbers, ...]
    children: tuple[Numbers, ...]
    position: Mapping[str, int]

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def roots(self) -> Numbers:
        return self.layers[0]

    def sum_up(self, own: NDArray[np.int64] | NDArray[np.float64]) -> None:
        """Add to each unit (first axis) what its descendants hold; in place."""
        for layer in reversed(self.layers[1:]):
            np.add.at(own, self.parent[layer], own[layer])

    def line(self, position: int) -> list[int]:
        """The unit and its ancestors, nearest first."""
        found = []
        while position >= 0:
            found.append(position)
            position = int(self.parent[position])
        return found


def line_of(code: str | None, parents: Mapping[str, str | None]) -> list[str]:
    """A unit and all above it, nearest first, where there is no `Tree` but each unit's parent
    (None at a root). Of None nothing.
    """
    found = []
    while code is not None:
        found.append(code)
        code = parents.get(code)
    return found


def make_tree(parents: Mapping[str, str | None]) -> Tree:
    """A tree from each unit's parent (None at a root).

    Raises ValueError for no units, a parent that is not among the units, or a cycle.
    """
    below: dict[str | None, list[str]] = defaultdict(list)
    for code in sorted(parents):
        below[parents[code]].append(code)
    if missing := set(below) - set(parents) - {None}:
        raise ValueError(f"Parents that are no units: {len(missing)}")
    codes: list[str] = []
    ahead = list(reversed(below[None]))
    while ahead:
        code = ahead.pop()
        codes.append(code)
        ahead.extend(reversed(below[code]))
    if not codes or len(codes) < len(parents):
        raise ValueError("No units, or units in a cycle")
    position = {code: at for at, code in enumerate(codes)}
    parent = np.array([position.get(parents[code] or "", -1) for code in codes], dtype=np.int64)
    depth = np.zeros(len(codes), dtype=np.int64)
    for at in range(len(codes)):  # parents come first
        depth[at] = depth[parent[at]] + 1 if parent[at] >= 0 else 0
    return Tree(
        codes=tuple(codes),
        parent=parent,
        depth=depth,
        layers=tuple(np.flatnonzero(depth == d) for d in range(int(depth.max()) + 1)),
        children=tuple(
            np.array([position[child] for child in below[code]], dtype=np.int64) for code in codes
        ),
        position=position,
    )
