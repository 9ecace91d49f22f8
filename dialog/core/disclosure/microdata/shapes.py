"""Shapes: one level for each column. A shape lays a grid of boxes over the rows; each box that
holds k rows or more could be a group.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dialog.core.disclosure.microdata.grouping import Groups, first_of
from dialog.core.disclosure.microdata.hierarchy import Floats, Hierarchy
from dialog.core.disclosure.microdata.table import Table
from dialog.core.tree import Numbers

Shape = tuple[int, ...]

MOST_USED = 60  # shapes that serve most rows
VARIED = 30  # of these, each is tried one level up and down in each column as well


@dataclass(frozen=True)
class Grid:
    """The boxes of a shape with k rows or more: `box[i]` is that of `rows[i]`, box by box from
    `starts[box]`; `loss[box]` is the sum of LM over columns.
    """

    rows: Numbers
    box: Numbers
    starts: Numbers
    loss: Floats


def promising(table: Table, groups: Groups) -> list[Shape]:
    """The shapes of the groups there are, those with most rows first, and their neighbours."""
    levels = np.stack(
        [
            _finest_level(hierarchy)[groups.nodes[:, column]]
            for column, hierarchy in enumerate(table.hierarchies)
        ],
        axis=1,
    )
    found, of = np.unique(levels, axis=0, return_inverse=True)
    rows = np.bincount(of.ravel(), groups.size)
    used = [tuple(found[at].tolist()) for at in np.argsort(-rows, kind="stable")[:MOST_USED]]
    top = [len(hierarchy.levels) - 1 for hierarchy in table.hierarchies]
    near = [other for shape in used[:VARIED] for other in _neighbours(shape, top)]
    return list(dict.fromkeys([*used, *near]))


@dataclass(frozen=True)
class Coded:
    """One column at one level: `code[row]` from 0 to `count`, `loss[row]` its LM."""

    code: Numbers
    count: int
    loss: Floats


def code_levels(table: Table) -> list[list[Coded]]:
    """Each column at each level."""
    return [
        [_code(hierarchy, level, table.leaves[:, column]) for level in hierarchy.levels]
        for column, hierarchy in enumerate(table.hierarchies)
    ]


def _code(hierarchy: Hierarchy, level: Numbers, leaves: Numbers) -> Coded:
    nodes, code = np.unique(level, return_inverse=True)
    return Coded(code[leaves], len(nodes), hierarchy.loss[level[leaves]])


def grid(columns: list[list[Coded]], shape: Shape, k: int) -> Grid:
    """The boxes of a shape that hold at least k rows; rows in order of their boxes."""
    chosen = [levels[level] for levels, level in zip(columns, shape, strict=True)]
    key = pack(chosen)
    order = np.argsort(key, kind="stable")
    first = np.flatnonzero(first_of(key[order]))
    size = np.diff(first, append=len(order))
    enough = size >= k
    rows = order[np.repeat(enough, size)]
    starts = order[first[enough]]
    loss = np.zeros(len(starts))
    for column in chosen:
        loss += column.loss[starts]
    box = np.repeat(np.arange(len(starts)), size[enough])
    begins = np.cumsum(size[enough]) - size[enough]
    return Grid(rows.astype(np.int32), box.astype(np.int32), begins, loss)


def pack(columns: list[Coded]) -> Numbers:
    """One number for each row, the same where all columns are the same."""
    key = np.zeros(len(columns[0].code), dtype=np.int64)
    room = 1
    for column in columns:
        if room > np.iinfo(np.int64).max // column.count:
            names, key = np.unique(key, return_inverse=True)
            room = len(names)
        key = key * column.count + column.code
        room *= column.count
    return key


def _finest_level(hierarchy: Hierarchy) -> Numbers:
    """The first level at which each node stands."""
    level = np.zeros(len(hierarchy.label), dtype=np.int64)
    for at in reversed(range(len(hierarchy.levels))):
        level[hierarchy.levels[at]] = at
    return level


def _neighbours(shape: Shape, top: list[int]) -> Iterator[Shape]:
    for column, level in enumerate(shape):
        for other in (level - 1, level + 1):
            if 0 <= other <= top[column]:
                yield (*shape[:column], other, *shape[column + 1 :])
