"""What is published, as sums over places and levels: the form that an audit reads.

A *class* is one place at one level: people of whom nothing published says more. Published are
sums of classes; two families of them, each nested in itself: a unit with all below it at all
levels, and the same at one level. So it is enough to know of each class the smallest sum of
either family that it is in; a sum less the next smaller ones within it is its *remainder*.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from dialog.core.tree import Flags, Numbers, Tree

NOWHERE = -1
Real = TypeVar("Real", np.int64, np.float64)


@dataclass(frozen=True)
class Pattern:
    """What is shown: `units[u]` of all levels, `levels[u, l]` of one level."""

    units: Flags
    levels: Flags

    @property
    def size(self) -> int:
        """How many groups are shown."""
        return int(self.units.sum() + self.levels.sum())

    def __and__(self, other: "Pattern") -> "Pattern":
        return Pattern(self.units & other.units, self.levels & other.levels)


@dataclass(frozen=True)
class Sums:
    """Of each place the smallest published sum that it is in, NOWHERE if there is none.

    `rows[p]` is the number of a unit (all levels); `pieces[p, l]` numbers a unit at a level, as
    unit * levels + level. The last level column holds those without a level: never published.
    """

    rows: Numbers
    pieces: Numbers

    def unit_and_level(self, piece: int) -> tuple[int, int]:
        unit, level = divmod(piece, int(self.pieces.shape[1]))
        return unit, level


@dataclass(frozen=True)
class Layer:
    """Counts of one kind (responses; answers to a question) and the sums published of them.

    `own[p, l]` are those at the place itself. No group of 1 to k-1 may be derived.
    """

    own: Numbers
    sums: tuple[Sums, ...]
    k: int


def published_sums(tree: Tree, pattern: Pattern) -> Sums:
    """The sums of `pattern` over a tree whose units are the places."""
    levels = pattern.levels.shape[1] + 1
    pieces = np.full((len(tree), levels), NOWHERE, dtype=np.int64)
    for level in range(levels - 1):
        nearest = nearest_above(tree, pattern.levels[:, level])
        pieces[:, level] = np.where(nearest >= 0, nearest * levels + level, NOWHERE)
    return Sums(nearest_above(tree, pattern.units), pieces)


def nearest_above(tree: Tree, shown: Flags) -> Numbers:
    """For each unit itself or the nearest unit above it that is shown, NOWHERE if none is."""
    found = np.full(len(tree), NOWHERE, dtype=np.int64)
    for layer in tree.layers:
        above = tree.parent[layer]
        inherited = np.where(above >= 0, found[above], NOWHERE)
        found[layer] = np.where(shown[layer], layer, inherited)
    return found


def own_counts(tree: Tree, counts: Numbers) -> Numbers:
    """Counts of each unit itself, from counts of it and all below it."""
    own = counts.copy()
    for layer in tree.layers[1:]:
        np.subtract.at(own, tree.parent[layer], counts[layer])
    return own


def by_level(counts: NDArray[Real]) -> NDArray[Real]:
    """`counts[p, l, ...]` at all levels and then at each."""
    return np.concatenate([counts.sum(axis=1, keepdims=True), counts], axis=1)
