"""Global recoding: one level for each column, the best of all combinations.

The combinations form a lattice (Samarati 2001). The loss of one is LM with rows that still do not
meet the demands suppressed, at most a given number of them. The search goes column by column and
proves its optimum by two bounds (both follow from the subset property of Incognito, LeFevre,
DeWitt & Ramakrishnan 2005; ARX, Kohlmayer, Prasser et al. 2012, tags its lattice by the same):

- Rows that share too few others in some columns share no more in all: they are suppressed in
  every combination that goes on from here. So are values for l; t says nothing before the end.
- What is lost in these columns is lost in all; a suppressed row loses everything.

Groups that have enough rows are numbered anew after each column, so counts never need a sort.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dialog.core.disclosure.microdata.demands import Demands, met
from dialog.core.disclosure.microdata.grouping import dense
from dialog.core.disclosure.microdata.hierarchy import Floats
from dialog.core.disclosure.microdata.shapes import Coded, Shape, code_levels, pack
from dialog.core.disclosure.microdata.table import Table
from dialog.core.tree import Flags, Numbers


@dataclass(frozen=True)
class Choice:
    """A level for each column, the rows that are suppressed, and the sum of LM over all cells."""

    levels: Shape
    suppressed: Flags
    loss: float


@dataclass(frozen=True)
class _Partial:
    """After some columns: the rows that are left, their groups, the loss of each up to here."""

    levels: Shape
    rows: Numbers
    group: Numbers
    loss: Floats


def best_levels(
    table: Table,
    demands: Demands,
    *,
    suppression: float,
    progress: Callable[[float], None] = lambda _share: None,
) -> Choice:
    """The combination of levels that loses least, with at most the share `suppression` of rows
    suppressed. All rows together must meet the demands.
    """
    search = _Search(table, demands, int(suppression * len(table) + 1e-9))
    search.run(progress)
    assert search.best is not None  # the top of the lattice always meets the demands
    return search.best


class _Search:
    def __init__(self, table: Table, demands: Demands, most: int) -> None:
        self.table, self.demands, self.most = table, demands, most
        self.counted = Demands(demands.k, demands.l)  # what holds on the way
        self.columns = code_levels(table)
        self.best: Choice | None = None
        # Columns with many values first: they are decided by what follows least.
        sizes = [hierarchy.size for hierarchy in table.hierarchies]
        self.order = sorted(range(len(sizes)), key=lambda at: -sizes[at])

    def run(self, progress: Callable[[float], None]) -> None:
        self._descend()
        every = np.arange(len(self.table))
        start = _Partial((), every, np.zeros_like(every), np.zeros(len(every)))
        self._go_on(start, progress)

    def _descend(self) -> None:
        """A good combination to begin with: from the top, the step down that saves most."""
        levels = tuple(len(found) - 1 for found in self.columns)
        self._try(levels)
        while True:
            before = self.best
            for at in range(len(levels)):
                if levels[at]:
                    self._try((*levels[:at], levels[at] - 1, *levels[at + 1 :]))
            if self.best is None or self.best is before:
                return
            levels = self.best.levels

    def _go_on(
        self, here: _Partial, progress: Callable[[float], None] = lambda _share: None
    ) -> None:
        if len(here.levels) == len(self.order):
            levels = [0] * len(self.order)
            for at, level in zip(self.order, here.levels, strict=True):
                levels[at] = level
            self._try(tuple(levels))
            return
        choices = self.columns[self.order[len(here.levels)]]
        for number, (level, column) in enumerate(reversed(list(enumerate(choices)))):
            found = self._narrow(here, level, column)
            if found is not None:
                self._go_on(found)
            progress((number + 1) / len(choices))

    def _narrow(self, here: _Partial, level: int, column: Coded) -> _Partial | None:
        """One column more, or None when nothing better than the best can follow."""
        loss = here.loss + column.loss[here.rows]
        gone = len(self.table) - len(here.rows)
        if not self._hopeful(gone, loss):
            return None
        cell = here.group * column.count + column.code[here.rows]
        if self.demands.l > 1:
            cell = dense(cell)
            enough = met(self.table, self.counted, here.rows, cell, int(cell.max()) + 1)
        else:
            enough = np.bincount(cell) >= self.demands.k
        stays = enough[cell]
        rows, loss = here.rows[stays], loss[stays]
        if not self._hopeful(len(self.table) - len(rows), loss):
            return None
        group = (np.cumsum(enough) - 1)[cell[stays]]
        return _Partial((*here.levels, level), rows, group, loss)

    def _hopeful(self, gone: int, loss: Floats) -> bool:
        least = gone * len(self.columns) + float(loss.sum())
        return gone <= self.most and (self.best is None or least < self.best.loss - 1e-9)

    def _try(self, levels: Shape) -> None:
        found = evaluate(self.table, self.demands, self.columns, levels, self.most)
        if found is not None and (self.best is None or found.loss < self.best.loss - 1e-9):
            self.best = found


def evaluate(
    table: Table, demands: Demands, columns: list[list[Coded]], levels: Shape, most: int
) -> Choice | None:
    """What a combination of levels loses, None if it takes more than `most` suppressed rows.

    The suppressed rows are a group like any other (all cells `*`) and must meet the demands too;
    if they do not, further groups join them, those that lose least by it first.
    """
    chosen = [found[level] for found, level in zip(columns, levels, strict=True)]
    _names, group = np.unique(pack(chosen), return_inverse=True)
    count = int(group.max()) + 1
    every = np.arange(len(table))
    size = np.bincount(group)
    loss = np.sum([column.loss for column in chosen], axis=0)
    by_group = np.bincount(group, loss, count)
    out = ~met(table, demands, every, group, count)
    extra = np.lexsort((np.arange(count), size * len(columns) - by_group, out))
    joined = iter(extra[: int((~out).sum())])
    while size[out].sum() <= most:
        stars = every[out[group]]
        if not len(stars) or met(table, demands, stars, np.zeros_like(stars), 1)[0]:
            total = float(by_group[~out].sum() + size[out].sum() * len(columns))
            return Choice(levels, out[group], total)
        nearest = next(joined, None)
        if nearest is None:
            return None
        out[nearest] = True
    return None
