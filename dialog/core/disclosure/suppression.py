"""Threshold and remainder rule: where every protection starts, and what alone is not enough.

Two kinds of count are published: of whole units (all levels), and of a unit's levels, down to
`CROSSED_DEPTH`. The counts may be responses, answers to one question, or those who answered a
filter with "ja".

**Units.** A published unit minus its nearest published descendants must be 0 or at least k
(the remainder rule, repeated until it holds everywhere; Cox 1980 calls these the sensitive
complements). Units are nested, so every sum of them that can be derived is a sum of such
remainders: over units alone the rule is all that is needed.

**Levels.** The same at each level; and what a unit's shown levels leave of the unit must be 0 or
at least k. But two ways of splitting a group can together give away what neither does alone:
`repair` finds that out, and mends it.
"""

import numpy as np

from dialog.core.disclosure.sums import Pattern
from dialog.core.tree import Flags, Numbers, Tree

CROSSED_DEPTH = 2  # levels are crossed with region, förvaltning and verksamhet


def remainder_rule(
    tree: Tree, counts: Numbers, *, k: int, allowed: Pattern, zero: bool = False
) -> Pattern:
    """The part of `allowed` that the rule leaves for `counts`.

    `counts[u, l]` is for unit u and all below it; the last column holds those without a level,
    which is never shown. With `zero`, a count of 0 may be shown too (a filter that nobody
    answered with "ja").
    """
    whole = counts.sum(axis=1)
    units = protect_units(tree, whole, k=k, allowed=allowed.units, zero=zero)
    levels = allowed.levels & units[:, None]
    while True:
        before = int(levels.sum())
        for level in range(levels.shape[1]):
            levels[:, level] = protect_units(
                tree, counts[:, level], k=k, allowed=levels[:, level], zero=zero
            )
        _leave_enough(counts, whole, levels, k)
        if levels.sum() == before:
            return Pattern(units, levels)


def _leave_enough(counts: Numbers, whole: Numbers, levels: Flags, k: int) -> None:
    """Hide, in place, each unit's smallest level until what is left of it is 0 or at least k."""
    while True:
        rest = whole - np.where(levels, counts[:, :-1], 0).sum(axis=1)
        some = (levels & (counts[:, :-1] > 0)).any(axis=1)
        wrong = np.flatnonzero(some & (rest > 0) & (rest < k))
        if not len(wrong):
            return
        shown = np.where(
            levels[wrong] & (counts[wrong, :-1] > 0), counts[wrong, :-1], whole.max() + 1
        )
        levels[wrong, shown.argmin(axis=1)] = False


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
