"""Groups of rows: what each has in common, and what that costs."""

from dataclasses import dataclass

import numpy as np

from dialog.core.disclosure.microdata.hierarchy import Floats
from dialog.core.disclosure.microdata.table import Table
from dialog.core.tree import Flags, Numbers


@dataclass(frozen=True)
class Groups:
    """`of[row]` is a group from 0; `nodes[group, column]` the finest node with all its rows;
    `size` counts rows; `loss` is the sum of the nodes' LM over columns, for each row of the group.
    """

    of: Numbers
    nodes: Numbers
    size: Numbers
    loss: Floats


def group(table: Table, labels: Numbers) -> Groups:
    """The groups of rows with the same label."""
    names, of = np.unique(labels, return_inverse=True)
    nodes = common_nodes(table, np.arange(len(table)), of, len(names))
    loss = np.zeros(len(names))
    for column, hierarchy in enumerate(table.hierarchies):
        loss += hierarchy.loss[nodes[:, column]]
    return Groups(of, nodes, np.bincount(of), loss)


def common_nodes(table: Table, rows: Numbers, groups: Numbers, count: int) -> Numbers:
    """The finest node that holds all values of a group: [group, column]. No group is empty."""
    order = np.argsort(groups, kind="stable")
    starts = np.searchsorted(groups[order], np.arange(count))
    nodes = np.empty((count, len(table.hierarchies)), dtype=np.int64)
    rows = rows[order]
    for column, hierarchy in enumerate(table.hierarchies):
        # What holds the leftmost and the rightmost leaf holds all between.
        rank = hierarchy.rank[table.leaves[rows, column]]
        first = hierarchy.path[hierarchy.in_order[np.minimum.reduceat(rank, starts)]]
        last = hierarchy.path[hierarchy.in_order[np.maximum.reduceat(rank, starts)]]
        same = np.cumprod((first == last) & (first >= 0), axis=1).sum(axis=1) - 1
        nodes[:, column] = first[np.arange(count), same]
    return nodes


def row_loss(table: Table, rows: Numbers, labels: Numbers) -> Floats:
    """What each of `rows` loses when the rows of one label are a group."""
    if not len(rows):
        return np.zeros(0)
    groups = dense(labels)
    nodes = common_nodes(table, rows, groups, int(groups.max()) + 1)
    loss = np.zeros(len(nodes))
    for column, hierarchy in enumerate(table.hierarchies):
        loss += hierarchy.loss[nodes[:, column]]
    return loss[groups]


def dense(labels: Numbers) -> Numbers:
    """The labels numbered from 0, in their order."""
    most = int(labels.max(initial=0))
    if most > 8 * len(labels) + 1000:
        _names, numbers = np.unique(labels, return_inverse=True)
        return numbers
    there = np.zeros(most + 1, dtype=np.bool_)
    there[labels] = True
    return (np.cumsum(there) - 1)[labels]


def first_of(keys: Numbers) -> Flags:
    """Where a run of equal keys begins, in sorted keys."""
    first = np.ones(len(keys), dtype=np.bool_)
    first[1:] = keys[1:] != keys[:-1]
    return first


def rank_within(keys: Numbers) -> Numbers:
    """0, 1, 2 … within each run of equal keys, in sorted keys."""
    at = np.arange(len(keys))
    return np.asarray(at - np.maximum.accumulate(np.where(first_of(keys), at, 0)))
