"""Local recoding, first half: split all rows from the top, group by group.

Top-down specialisation (Fung, Wang & Yu 2005; LeFevre, DeWitt & Ramakrishnan 2006, Mondrian) with
splits that need not be complete. A group is split by one column into the children of its common
node; those too small to stand alone are kept together, in the parent's node. A split is rated by
the loss that it saves for each bit that it costs (its entropy): bits are what runs out, since
every group must keep k rows.

All groups of a generation are split at once, by counting into slots (group, child).
"""

from dataclasses import dataclass

import numpy as np

from dialog.core.disclosure.microdata.demands import Demands, met
from dialog.core.disclosure.microdata.grouping import common_nodes, dense, first_of
from dialog.core.disclosure.microdata.hierarchy import Floats
from dialog.core.disclosure.microdata.table import Table
from dialog.core.tree import Flags, Numbers

REST = -1


@dataclass(frozen=True)
class Generation:
    """Groups that may be split: `groups[i]`, from 0, is that of `rows[i]`; `nodes[group, column]`
    the finest that holds all its values.
    """

    table: Table
    demands: Demands
    rows: Numbers
    groups: Numbers
    nodes: Numbers

    @property
    def count(self) -> int:
        return len(self.nodes)


@dataclass(frozen=True)
class Splits:
    """A way to split each group: `score` is 0 where there is none; `part[i]` is that of row i, the
    same number in no two groups.
    """

    score: Floats
    part: Numbers


@dataclass(frozen=True)
class _Slots:
    """Pairs (group, child) in order of groups; `of[i]` is the slot of the row at `at[i]`. `good`
    stand alone, the others are the rest of their group.
    """

    at: Numbers
    of: Numbers
    group: Numbers
    child: Numbers
    size: Numbers
    good: Flags


def generation(table: Table, demands: Demands, rows: Numbers, groups: Numbers) -> Generation:
    count = int(groups.max()) + 1
    return Generation(table, demands, rows, groups, common_nodes(table, rows, groups, count))


def split_down(table: Table, demands: Demands) -> Numbers:
    """A label for each row; rows of one label meet the demands, if all rows together do."""
    every = np.arange(len(table))
    return split_on(table, demands, every, np.zeros_like(every))


def split_on(table: Table, demands: Demands, rows: Numbers, groups: Numbers) -> Numbers:
    """A label for each of `rows`, which are in `groups` now: the best split each time."""
    labels = groups.copy()
    last = int(labels.max(initial=0))
    left = np.arange(len(rows))
    while len(left):
        best, _second = best_splits(generation(table, demands, rows[left], groups))
        goes_on = best.score[groups] > 0
        left, groups = left[goes_on], dense(best.part[goes_on])
        labels[left] = last + 1 + groups
        last += int(groups.max(initial=-1)) + 1
    return labels


def best_splits(here: Generation) -> tuple[Splits, Splits]:
    """The best and the second-best split of each group."""
    first, second = (np.zeros(here.count) for _rank in range(2))
    parts = [np.full(len(here.rows), REST) for _rank in range(2)]
    for column in range(len(here.table.hierarchies)):
        slots = _slots(here, column)
        if slots is None:
            continue
        score = _score(here, column, slots)
        part = np.where(slots.good[slots.of], slots.of, REST)
        group = here.groups[slots.at]
        best, next_best = score > first, (score > second) & (score <= first)
        moved = slots.at[best[group]]
        parts[1][moved] = parts[0][moved]
        parts[0][moved] = part[best[group]]
        parts[1][slots.at[next_best[group]]] = part[next_best[group]]
        second = np.where(best, first, np.where(next_best, score, second))
        first = np.where(best, score, first)
    # Slots are counted anew for each column, so a part is known with its group.
    most = max(int(part.max()) for part in parts) + 2
    whole = [here.groups * most + part + 1 for part in parts]
    return Splits(first, whole[0]), Splits(second, whole[1])


def _slots(here: Generation, column: int) -> _Slots | None:
    """The children of each group's node in this column; None if all nodes are leaves."""
    hierarchy = here.table.hierarchies[column]
    inner = hierarchy.leaves[here.nodes[:, column]] > 1
    at = np.flatnonzero(inner[here.groups])
    if not len(at):
        return None
    groups = here.groups[at]
    node = here.nodes[:, column][groups]
    child = hierarchy.path[here.table.leaves[here.rows[at], column], hierarchy.depth[node] + 1]
    width = int(hierarchy.sibling.max()) + 1
    of = dense(groups * width + hierarchy.sibling[child])
    count = int(of[-1] if len(of) == 1 else of.max()) + 1
    group, kind = np.empty((2, count), dtype=np.int64)
    group[of], kind[of] = groups, child
    good = met(here.table, here.demands, here.rows[at], of, count)
    slots = _Slots(at, of, group, kind, np.bincount(of, minlength=count), good)
    return _enough_left(here, slots)


def _enough_left(here: Generation, slots: _Slots) -> _Slots:
    """While a group's rest does not meet the demands, its smallest good child joins it."""
    order = np.lexsort((slots.size, slots.group))
    while True:
        rest = ~slots.good[slots.of]
        rows = slots.at[rest]
        groups = here.groups[rows]
        some = np.bincount(groups, minlength=here.count) > 0
        fine = met(here.table, here.demands, here.rows[rows], groups, here.count)
        lacks = some & ~fine
        able = order[slots.good[order] & lacks[slots.group[order]]]
        if not len(able):  # where it still lacks, all children have joined: that is no split
            return slots
        slots.good[able[first_of(slots.group[able])]] = False


def _score(here: Generation, column: int, slots: _Slots) -> Floats:
    """Loss saved for each bit, by group; 0 where there is nothing to gain."""
    loss = here.table.hierarchies[column].loss
    good = slots.good
    total = np.bincount(slots.group, slots.size, here.count)
    alone = np.bincount(slots.group, slots.size * good, here.count)
    rest = total - alone
    parts = np.bincount(slots.group, good, here.count) + (rest > 0)
    kept = np.bincount(slots.group, slots.size * good * loss[slots.child], here.count)
    saved = alone * loss[here.nodes[:, column]] - kept
    bits = _xlogx(total) - _xlogx(rest)
    bits -= np.bincount(slots.group, _xlogx(slots.size) * good, here.count)
    worth = (parts > 1) & (saved > 0)
    return np.where(worth, saved / np.maximum(bits, 1e-9), 0.0)


def _xlogx(counts: Numbers | Floats) -> Floats:
    return np.asarray(counts * np.log2(np.maximum(counts, 1)))
