"""Local recoding, first half: split all rows from the top, group by group.

Top-down specialisation (Fung, Wang & Yu 2005; LeFevre, DeWitt & Ramakrishnan 2006, Mondrian) with
splits that need not be complete. A group is split by one column into the children of its common
node; those too small to stand alone are kept together, in the parent's node. The split taken is
the one that saves most loss for each bit that it costs (the entropy of the split): bits are what
runs out, since every group must keep k rows.

All groups of a generation are split at once, by counting into slots (group, child).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dialog.core.disclosure.microdata.demands import Demands, met
from dialog.core.disclosure.microdata.grouping import common_nodes, first_of
from dialog.core.disclosure.microdata.hierarchy import Floats, Hierarchy
from dialog.core.disclosure.microdata.table import Table
from dialog.core.tree import Flags, Numbers

REST = -1


@dataclass(frozen=True)
class _Generation:
    """The groups of one generation: `groups[i]` is that of `rows[i]`."""

    table: Table
    demands: Demands
    rows: Numbers
    groups: Numbers
    nodes: Numbers

    @property
    def count(self) -> int:
        return len(self.nodes)


@dataclass(frozen=True)
class _Slots:
    """Pairs (group, child) in order of groups; `of[i]` is the slot of row i. `good` stand alone,
    the others are the rest of their group.
    """

    of: Numbers
    group: Numbers
    child: Numbers
    size: Numbers
    good: Flags


def split_down(
    table: Table, demands: Demands, *, progress: Callable[[float], None] = lambda _share: None
) -> Numbers:
    """A label for each row; rows of one label meet the demands, if all rows together do."""
    labels = np.zeros(len(table), dtype=np.int64)
    rows, groups = np.arange(len(table)), np.zeros(len(table), dtype=np.int64)
    last = 0
    while len(rows):
        count = int(groups.max()) + 1
        nodes = common_nodes(table, rows, groups, count)
        split, part = _split(_Generation(table, demands, rows, groups, nodes))
        goes_on = split[groups]
        rows, part = rows[goes_on], part[goes_on]
        _parts, groups = np.unique(part, return_inverse=True)
        labels[rows] = last + 1 + groups
        last += len(_parts)
        progress(1 - len(rows) / len(table))
    return labels


def _split(here: _Generation) -> tuple[Flags, Numbers]:
    """Which groups are split, and the part of each row (the same number in no two groups)."""
    best = np.zeros(here.count)
    part = np.full(len(here.rows), REST)
    for column in range(len(here.table.hierarchies)):
        slots = _slots(here, column)
        score = _score(here, column, slots)
        better = score > best
        best[better] = score[better]
        mine = better[here.groups]
        part[mine] = np.where(slots.good[slots.of], slots.of, REST)[mine]
    # Slots are counted anew for each column, so a part is known with its group.
    return best > 0, here.groups * (int(part.max()) + 2) + part + 1


def _slots(here: _Generation, column: int) -> _Slots:
    hierarchy = here.table.hierarchies[column]
    node = here.nodes[:, column][here.groups]
    below = np.minimum(hierarchy.depth[node] + 1, hierarchy.path.shape[1] - 1)
    child = hierarchy.path[here.table.leaves[here.rows, column], below]
    child = np.where(child < 0, node, child)  # a leaf has no children: it is its own
    keys, of, size = np.unique(
        here.groups * len(hierarchy.label) + child, return_inverse=True, return_counts=True
    )
    group, child = np.divmod(keys, len(hierarchy.label))
    good = met(here.table, here.demands, here.rows, of, len(keys))
    return _enough_left(here, _Slots(of, group, child, size, good))


def _enough_left(here: _Generation, slots: _Slots) -> _Slots:
    """While a group's rest does not meet the demands, its smallest good child joins it."""
    order = np.lexsort((slots.size, slots.group))
    while True:
        rest = ~slots.good[slots.of]
        groups = here.groups[rest]
        some = np.bincount(groups, minlength=here.count) > 0
        fine = met(here.table, here.demands, here.rows[rest], groups, here.count)
        lacks = some & ~fine
        able = order[slots.good[order] & lacks[slots.group[order]]]
        if not len(able):
            slots.good[:] &= ~lacks[slots.group]  # what is left cannot stand: no split
            return slots
        slots.good[able[first_of(slots.group[able])]] = False


def _score(here: _Generation, column: int, slots: _Slots) -> Floats:
    """Loss saved for each bit, by group; 0 where there is nothing to gain."""
    hierarchy: Hierarchy = here.table.hierarchies[column]
    loss = hierarchy.loss
    good = slots.good
    total = np.bincount(slots.group, slots.size, here.count)
    alone = np.bincount(slots.group, slots.size * good, here.count)
    rest = total - alone
    parts = np.bincount(slots.group, good, here.count) + (rest > 0)
    kept = np.bincount(slots.group, slots.size * good * loss[slots.child], here.count)
    saved = (total - rest) * loss[here.nodes[:, column]] - kept
    bits = _xlogx(total) - _xlogx(rest)
    bits -= np.bincount(slots.group, _xlogx(slots.size) * good, here.count)
    worth = (parts > 1) & (saved > 0)
    return np.where(worth, saved / np.maximum(bits, 1e-9), 0.0)


def _xlogx(counts: Numbers | Floats) -> Floats:
    return np.asarray(counts * np.log2(np.maximum(counts, 1)))
