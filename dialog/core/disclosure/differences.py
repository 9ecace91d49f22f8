"""What the difference of two figures of one group gives away: those who came, went or changed."""

from collections.abc import Mapping

import numpy as np

from dialog.core.disclosure.suppression import nearest_shown
from dialog.core.tree import Flags, Numbers, Tree


def same_or_many(tree: Tree, now: Numbers, before: Numbers, shown: Flags, k: int) -> Flags:
    """Where a count may stand beside an earlier one (NOWHERE: none): their difference, and what
    its parts leave of it, is 0 or at least k.
    """
    may = np.ones(len(tree), dtype=bool)
    differs = np.where(before >= 0, now - before, 0)
    may[(differs != 0) & (np.abs(differs) < k)] = False
    while True:
        both = shown & may & (before >= 0)
        below = np.zeros(len(tree), dtype=np.int64)
        for layer in reversed(tree.layers[1:]):
            known = np.where(both[layer], differs[layer], below[layer])
            np.add.at(below, tree.parent[layer], known)
        rest = np.abs(differs - below)
        wrong = both & (rest > 0) & (rest < k)
        if not wrong.any():
            return may
        unit = int(np.flatnonzero(wrong)[-1])  # the deepest of the last branch first
        parts = [part for part in nearest_shown(tree, unit, both) if differs[part]]
        may[min(parts or [unit], key=lambda part: (now[part], part))] = False


def few_changed(now: Mapping[str, int], before: Mapping[str, int | None], k: int) -> bool:
    """Whether answers differ, by fewer than k people; `now` as they are, whatever is published of
    them. A bound that became a count is taken for few. A count that became a bound is not: the
    bound tells less of those who changed than the count would.
    """
    if any(count is None for count in before.values()):
        n = sum(now.values())
        return max(now.values(), default=0) * 10 < n * 9
    moved = sum(abs(now.get(one, 0) - (count or 0)) for one, count in before.items())
    moved += sum(count for one, count in now.items() if one not in before)
    added = abs(sum(now.values()) - sum(count or 0 for count in before.values()))
    return 0 < moved < 2 * k and added < k


def few_ticked(
    now: Mapping[str, int], n: int, before: Mapping[str, int | None], n_before: int, k: int
) -> bool:
    """`few_changed` for answers of which each of `n` people could tick several: each is a question
    of its own, so that of each 0 or at least k people changed their minds.
    """
    if any(count is None and now.get(one, 0) * 10 < n * 9 for one, count in before.items()):
        return True
    moved = [abs(now.get(one, 0) - count) for one, count in before.items() if count is not None]
    return abs(n - n_before) < k and any(0 < one < k for one in moved)
