"""Which units to join into result groups: a proposal from the tree and from how many people there
are, for people to decide upon.
"""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from dialog.core.disclosure.coarsening import Place
from dialog.core.tree import Numbers, Tree, make_tree

PERCENT = 100


def needed(*, percent: int, k: int) -> int:
    """How many people of one level are expected to give k answers, if `percent` of them answer."""
    return -(-PERCENT * k // percent)


def propose(
    parents: Mapping[str, str | None],
    people: Mapping[Place, int],
    *,
    percent: int,
    k: int,
    taken: Collection[str] = (),
) -> list[tuple[str, ...]]:
    """Groups of units beside each other under one parent, in the tree's order.

    `people` are those who will be asked, by (unit, level), each at the unit itself; `percent` of
    them (1-100) are expected to answer. A unit passes by itself if k are expected at one of its
    levels, for what is too small at each goes up (`coarsening`). Joined are those that do not:
    each group is expected to pass, there are as many groups as can be, and among these they are
    as even as can be. Where all the small units of a parent are too few together, none is joined.
    Units in `taken`, with all below and above them, stay as they are. Units without anybody are
    left out. The same input gives the same groups.
    """
    tree = make_tree(parents)
    counts = _people(tree, people)
    enough = needed(percent=percent, k=k)
    strength = counts.max(axis=1)
    free = _free(tree, taken)
    found: list[tuple[str, ...]] = []
    for children in tree.children:
        small = [u for u in children.tolist() if 0 < strength[u] < enough and free[u]]
        if small:
            runs = _runs(counts[small], enough)
            found += [tuple(tree.codes[small[at]] for at in run) for run in runs]
    return found


def _people(tree: Tree, people: Mapping[Place, int]) -> Numbers:
    """[unit, level]: in the unit and all below it."""
    levels = sorted({level for _unit, level in people}) or [""]
    counts = np.zeros((len(tree), len(levels)), dtype=np.int64)
    for (unit, level), number in people.items():
        counts[tree.position[unit], levels.index(level)] += number
    tree.sum_up(counts)
    return counts


def _free(tree: Tree, taken: Collection[str]) -> list[bool]:
    """Whether a unit is not taken, nor anything above or below it."""
    free, names = [True] * len(tree), set(taken)
    holds = [code in names for code in tree.codes]
    for at in range(len(tree)):  # parents come first
        above = int(tree.parent[at])
        holds[at] = holds[at] or (above >= 0 and holds[above])
        if tree.codes[at] in names:
            for over in tree.line(at):
                free[over] = False
    return [one and not held for one, held in zip(free, holds, strict=True)]


def _runs(counts: Numbers, enough: int) -> Sequence[range]:
    """Neighbours cut into as many runs as can be, each with `enough` at one level: of all such
    cuts the one whose runs are most even. `counts[unit, level]`. No runs if all are too few.
    """
    size = len(counts)
    before = np.zeros((size + 1, counts.shape[1]), dtype=np.int64)
    np.cumsum(counts, axis=0, out=before[1:])
    total = before.sum(axis=1)
    most = np.full(size + 1, -1, dtype=np.int64)  # runs up to here, -1 where there is no way
    cost = np.zeros(size + 1, dtype=np.int64)
    came = np.zeros(size + 1, dtype=np.int64)
    most[0] = 0
    for end in range(1, size + 1):
        passes = (before[end] - before[:end]).max(axis=1) >= enough
        starts = np.flatnonzero(passes & (most[:end] >= 0))
        if len(starts):
            costs = cost[starts] + (total[end] - total[starts]) ** 2
            best = starts[np.lexsort((starts, costs, -most[starts]))[0]]
            came[end], most[end] = best, most[best] + 1
            cost[end] = cost[best] + (total[end] - total[best]) ** 2
    runs: list[range] = []
    end = size
    while end > 0 and most[end] > 0:
        runs.insert(0, range(int(came[end]), end))
        end = int(came[end])
    return runs
