"""The tables of a question's answers that agree with everything published of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from dialog.core.disclosure.sums import Sums
from dialog.core.tree import Flags, Floats, Numbers

A_SMALL_PRICE = 1e-9
# The first program starts from nothing, which the dual simplex does best; of the next only the
# question is new, and the last table still possible, where the primal one has little left to do.
DUAL_THEN_PRIMAL = 0


@dataclass(frozen=True)
class Values:
    """A question's answers. `n[p, l]` answered at a place and level themselves; `given[p, l, c]`
    is how many gave category c, worth `worth[c]`, or (no `worth`) the one sum of their numbers,
    each of which is from `low` to `high`.
    """

    n: Numbers
    given: Floats
    low: float = 0.0
    high: float = 0.0
    worth: Floats | None = None


@dataclass(frozen=True)
class Bounded:
    """A coarsened group: of the classes `members[p, l]`, category c was given by `least[c]` to
    `most[c]`, in truth by `truth[c]`.
    """

    members: Flags
    truth: Floats
    least: Floats
    most: Floats

    @classmethod
    def nearly_all(cls, members: Flags, truth: Floats) -> "Bounded":
        """What "minst 90 %" and "högst 10 %" say of a group that answered `truth`."""
        size = truth.sum()
        most = truth * 10 >= size * 9
        return cls(
            members,
            truth,
            np.where(most, np.ceil(size * 0.9), 0.0),
            np.where(most, size, np.floor(size * 0.1)),
        )


@dataclass(frozen=True)
class Known:
    """A published sum by its number in a family of `Sums`: a piece, or a row."""

    number: int
    piece: bool
    family: int = 0


class Table:
    """What the answers of some places may be, the others being what they are. `families` are what
    is published, and what was in earlier releases.

    `highest` and `lowest` hold the greatest and the least mean of each class found so far.
    """

    def __init__(
        self,
        values: Values,
        families: Sequence[Sums],
        bounded: Sequence[Bounded],
        places: Numbers,
    ) -> None:
        self._n = values.n[places]
        self._classes = tuple(np.argwhere(self._n > 0).T)
        self._count = self._n[self._classes].astype(float)
        self._truth = values.given[places][self._classes].astype(float)
        self._parts = self._truth.shape[-1]
        self._worth = np.ones(1) if values.worth is None else values.worth
        self._number = np.full(self._n.shape, -1)
        self._number[self._classes] = np.arange(len(self._count))
        self._equations: list[Known | None] = []
        self.highest = self._means(self._truth)
        self.lowest = self.highest.copy()
        self._solver = self._load(values)
        self._publish(families, bounded, places)

    @property
    def width(self) -> Floats:
        return np.asarray(self.highest - self.lowest)

    def pull(self, cells: Numbers, ways: Floats) -> list[Known]:
        """Pull the means of classes (place, level) up (1) or down (-1) as far as they go; gives
        the published sums that keep them from going further.
        """
        size = len(self._count) * self._parts
        cost = np.zeros((len(self._count), self._parts))
        at = self._number[tuple(cells.T)]
        cost[at] = (ways / self._count[at])[:, None] * self._worth
        self._solver.changeColsCost(size, np.arange(size, dtype=np.int32), cost.ravel())
        self._solver.run()
        solution = self._solver.getSolution()
        means = self._means(np.array(solution.col_value).reshape(-1, self._parts))
        self.highest = np.fmax(self.highest, means)
        self.lowest = np.fmin(self.lowest, means)
        binding = np.flatnonzero(np.abs(np.array(solution.row_dual)) > A_SMALL_PRICE)
        return [known for row in binding if (known := self._equations[row]) is not None]

    def _means(self, given: Floats) -> Floats:
        means = np.full(self._n.shape, np.nan)
        means[self._classes] = given @ self._worth / self._count
        return means

    def _load(self, values: Values) -> Any:
        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # has no types
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("simplex_strategy", DUAL_THEN_PRIMAL)
        if values.worth is None:
            solver.addVars(len(self._count), self._count * values.low, self._count * values.high)
        else:
            most = np.repeat(self._count, self._parts)
            solver.addVars(len(most), np.zeros(len(most)), most)
        solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        return solver

    def _publish(
        self, families: Sequence[Sums], bounded: Sequence[Bounded], places: Numbers
    ) -> None:
        if self._parts > 1:  # everybody gave one category
            each = np.arange(len(self._count))
            self._add(np.repeat(each, self._parts), np.arange(self._truth.size), self._count)
            self._equations += [None] * len(each)
        for number, sums in enumerate(families):
            rows = np.repeat(sums.rows[places][:, None], self._n.shape[1], axis=1)
            self._sum(rows, number, piece=False)
            self._sum(sums.pieces[places], number, piece=True)
        for one in bounded:
            kept = np.flatnonzero(one.members[places][self._classes])
            if len(kept):
                self._bound(one, kept)

    def _sum(self, keys: Numbers, family: int, *, piece: bool) -> None:
        """The known sums of the classes with the same key."""
        here = keys[self._classes]
        kept = np.flatnonzero(here >= 0)
        numbers, key = np.unique(here[kept], return_inverse=True)
        if not len(numbers):
            return
        row = key[:, None] * self._parts + np.arange(self._parts)
        total = np.bincount(row.ravel(), weights=self._truth[kept].ravel()).astype(np.float64)
        self._add(row.ravel(), self._columns(kept), total)
        self._equations += [
            Known(int(number), piece, family) for number in numbers for _ in range(self._parts)
        ]

    def _bound(self, one: Bounded, kept: Numbers) -> None:
        """What of the group lies outside of this table stays as it truly is."""
        outside = one.truth - self._truth[kept].sum(axis=0)
        row = np.tile(np.arange(self._parts), len(kept))
        self._add(row, self._columns(kept), one.least - outside, one.most - outside)
        self._equations += [None] * self._parts

    def _columns(self, kept: Numbers) -> Numbers:
        return np.asarray(kept[:, None] * self._parts + np.arange(self._parts)).ravel()

    def _add(
        self, row: Numbers, column: Numbers, lower: Floats, upper: Floats | None = None
    ) -> None:
        order = np.argsort(row, kind="stable")
        starts = np.searchsorted(row[order], np.arange(len(lower)))
        self._solver.addRows(
            len(lower), lower, lower if upper is None else upper, len(row),
            starts.astype(np.int32), column[order].astype(np.int32), np.ones(len(row)),
        )  # fmt: skip
