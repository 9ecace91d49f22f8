"""Which counts may be published so that no subtraction leaves 1 to k-1.

Two kinds of count are published: of whole units (all levels), and of a unit's levels, down to
`CROSSED_DEPTH`. What is hidden is chosen so that an attacker who adds and subtracts everything
published meets no group of 1 to k-1. The counts may be responses, answers to one question, or
those who answered a filter with "ja".

**Units.** A published unit minus its nearest published descendants must be 0 or at least k
(the remainder rule, repeated until it holds everywhere; Cox 1980 calls these the sensitive
complements). Units are nested, so every sum that can be derived is a sum of such remainders.

**Levels.** A unit's levels split it another way than its parts do, and two ways of splitting can
together give away what neither does alone. So the children of a unit that show levels all show
the same ones (`_Split.levels`); the levels left form one rest. Each of these blocks must be 0 or
at least k in every child that shows levels, and in what the other children have together. What
is known is then a tree of two-way tables of which the margins only are known, and in such a table
a cell can always be as large as the smaller of its two margins (Dobra & Fienberg 2000, bounds for
decomposable models): at least k.

Publishing less of a safe pattern is safe: every possibility the attacker had is still there. So
patterns for several counts are combined by taking what all of them allow.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from dialog.core.tree import Flags, Numbers, Tree

CROSSED_DEPTH = 2  # levels are crossed with region, förvaltning and verksamhet


@dataclass(frozen=True)
class Pattern:
    """What is shown: `units[u]` of all levels, `levels[u, l]` of one level."""

    units: Flags
    levels: Flags

    def __and__(self, other: "Pattern") -> "Pattern":
        return Pattern(self.units & other.units, self.levels & other.levels)


def protect_counts(
    tree: Tree, counts: Numbers, *, k: int, allowed: Pattern, zero: bool = False
) -> Pattern:
    """The part of `allowed` where `counts` may be shown.

    `counts[u, l]` is for unit u and all below it; the last column holds those without a level,
    which is never shown. With `zero`, a count of 0 may be shown too (a filter that nobody
    answered with "ja").
    """
    units = protect_units(tree, counts.sum(axis=1), k=k, allowed=allowed.units, zero=zero)
    levels = protect_levels(tree, counts, k=k, units=units, allowed=allowed.levels, zero=zero)
    return Pattern(units, levels)


def protect_units(
    tree: Tree, count: Numbers, *, k: int, allowed: Flags, zero: bool = False
) -> Flags:
    """Threshold and iterated remainder rule over the tree."""
    shown: Flags = allowed & ((count >= k) | (zero & (count == 0)))
    while True:
        remainder = _remainders(tree, count, shown)
        wrong = shown & (remainder > 0) & (remainder < k)
        if not wrong.any():
            return shown
        # The deepest first: what they hide cannot trouble the units above, but may help them.
        deepest = np.flatnonzero(wrong & (tree.depth == tree.depth[wrong].max()))
        for unit in deepest:
            shown[_to_hide(tree, int(unit), count, shown, remainder)] = False


def _remainders(tree: Tree, count: Numbers, shown: Flags) -> Numbers:
    """Each unit's count less that of its nearest shown descendants."""
    below = np.zeros_like(count)
    for layer in reversed(tree.layers[1:]):
        known = np.where(shown[layer], count[layer], below[layer])
        np.add.at(below, tree.parent[layer], known)
    return count - below


def _to_hide(tree: Tree, unit: int, count: Numbers, shown: Flags, remainder: Numbers) -> int:
    """The smallest of the nearest shown descendants; one that adds something to the remainder."""
    nearest = (below for below in nearest_shown(tree, unit, shown) if count[below] > 0)
    return min(nearest, key=lambda below: (remainder[below] == 0, count[below], below))


def nearest_shown(tree: Tree, unit: int, shown: Flags) -> list[int]:
    """The shown descendants of a unit that no other shown one lies between."""
    nearest: list[int] = []
    ahead = list(tree.children[unit])
    while ahead:
        below = int(ahead.pop())
        if shown[below]:
            nearest.append(below)
        else:
            ahead.extend(tree.children[below])
    return nearest


@dataclass(frozen=True)
class _Split:
    """`levels` are shown in each of `units`."""

    levels: tuple[int, ...]
    units: Numbers


def protect_levels(
    tree: Tree, counts: Numbers, *, k: int, units: Flags, allowed: Flags, zero: bool = False
) -> Flags:
    """The levels that may be shown of `units`, a safe pattern of counts over all levels."""
    shown = np.zeros_like(allowed)
    every = tuple(range(allowed.shape[1]))
    ahead = [(np.array([root]), counts[root], every) for root in tree.roots if units[root]]
    while ahead:
        children, total, above = ahead.pop()
        children = children[units[children]]
        split = _best_split(children, total, counts, k=k, allowed=allowed, above=above)
        for child in split.units:
            mine = list(split.levels)
            count = counts[child, mine]
            shown[child, mine] = allowed[child, mine] & ((count >= k) | (zero & (count == 0)))
            if tree.depth[child] < CROSSED_DEPTH:
                ahead.append((tree.children[child], counts[child], split.levels))
    return shown


def _best_split(
    children: Numbers,
    total: Numbers,
    counts: Numbers,
    *,
    k: int,
    allowed: Flags,
    above: tuple[int, ...],
) -> _Split:
    """The levels (some of those `above`) and children that show the most counts; the earlier set
    of equally good ones.
    """
    best, most = _Split((), children[:0]), 0
    for levels in _subsets([level for level in above if allowed[children, level].any()]):
        split, score = _split(children, total, counts, k=k, allowed=allowed, levels=levels)
        if score > most:
            best, most = split, score
    return best


def _subsets(levels: list[int]) -> Iterator[tuple[int, ...]]:
    for size in range(len(levels), 0, -1):
        yield from combinations(levels, size)


def _split(
    children: Numbers,
    total: Numbers,
    counts: Numbers,
    *,
    k: int,
    allowed: Flags,
    levels: tuple[int, ...],
) -> tuple[_Split, int]:
    chosen = list(levels)
    ours = _blocks(counts[children], chosen)
    whole = _blocks(total[None, :], chosen)[0]
    may = (allowed[children][:, chosen] | (ours[:, :-1] == 0)).all(axis=1)
    crossed = may & ((ours == 0) | (ours >= k)).all(axis=1) & (ours[:, :-1] > 0).any(axis=1)
    while crossed.any():
        rest = whole - ours[crossed].sum(axis=0)
        wrong = np.flatnonzero((rest > 0) & (rest < k))
        if not len(wrong):
            break
        # Taking a child out adds 0 or at least k to every rest: this ends.
        block = ours[:, wrong[0]]
        candidates = np.flatnonzero(crossed & (block > 0))
        if not len(candidates):
            crossed[:] = False
            break
        crossed[candidates[np.argmin(block[candidates])]] = False
    return _Split(levels, children[crossed]), int((ours[crossed][:, :-1] > 0).sum())


def _blocks(counts: Numbers, levels: list[int]) -> Numbers:
    """The columns of `levels`, and what is left in one more."""
    single = counts[:, levels]
    return np.column_stack([single, counts.sum(axis=1) - single.sum(axis=1)])
