"""How closely published answers pin down those that are hidden, to somebody who has only the files.

Tables are looked for that agree with everything published and in which the means of many cells lie
far up and far down at once. A cell whose mean is the same in all of them is asked for by itself.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from dialog.auditing.answer_equations import AnswerEquations
from dialog.auditing.possibilities import MOST, SLACK, DisagreementError

Floats = NDArray[np.float64]
PULLS = 5  # random ones, each up and down
MANY = 500  # one of so many
HARDLY = 1e-6
A_TENTH = 0.1  # of a person
PRECISELY = 1e-9  # by which a figure may be off: the mean of a tenth of one must not move by it
QUARTER = 0.25  # of the scale: how far apart the means must be able to lie on the average
DUAL_THEN_PRIMAL = 0
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True)
class Exact:
    """The mean of a cell, by its number, that is the same whenever somebody is in it; the answers
    alone let it be `empty`.
    """

    number: int
    mean: float
    empty: bool


class Answers:
    """All tables of answers that agree with what is published. Raises DisagreementError where
    there is none.
    """

    def __init__(self, equations: AnswerEquations, *, k: int) -> None:
        self._known, self._k = equations, k
        self._parts, self._size = len(equations.answers), len(equations.cells)
        self._worth, self.has_numbers = worth(equations.answers)
        self._low = np.full(self._size, np.inf)
        self._high = np.full(self._size, -np.inf)
        self._fewest = np.full(self._size, np.inf)
        self._kinds = np.zeros(self._size, dtype=np.int64)  # answers met in a cell at once
        self._solver = self._load()
        self._pull_all()
        self._put_somebody_in_each()
        self._pull_together()

    def exact(self) -> Iterator[Exact]:
        """Cells whose mean can be computed though they may hold fewer than k, or though all in
        them gave one answer.
        """
        for at in np.flatnonzero(self._still):
            if not self._still[at]:
                continue
            mean = self._low[at]
            for way in (1.0, -1.0):
                self._aim(int(at), way * (self._worth - mean))
            if self._high[at] - self._low[at] > HARDLY:
                continue
            self._aim(int(at), -np.ones(self._parts))  # as few as possible
            if self._fewest[at] < self._k - SLACK or self._kinds[at] == 1:
                yield Exact(int(at), float(mean), empty=bool(self._fewest[at] <= SLACK))

    def mean_width(self, but: Collection[int] = ()) -> float | None:
        """How far apart the means of small cells can lie on the average, at the least; None where
        the answers have no numbers, or there is no such cell. The cells in `but` are left out.
        """
        small = np.isfinite(self._low) & (self._fewest < self._k - SLACK)
        small[list(but)] = False
        if not self.has_numbers or not small.any():
            return None
        if self._width(small) < self.enough:
            for at in np.flatnonzero(small):
                self._stretch(int(at))
        return self._width(small)

    @property
    def enough(self) -> float:
        return float(QUARTER * (self._worth.max() - self._worth.min()))

    def _width(self, cells: NDArray[np.bool_]) -> float:
        return float((self._high - self._low)[cells].mean())

    def _stretch(self, at: int) -> None:
        """The farthest that the mean of a cell can lie (Dinkelbach 1967)."""
        for way, ends in ((1.0, self._high), (-1.0, self._low)):
            before = np.inf
            while abs(before - ends[at]) > HARDLY:
                before = float(ends[at])
                self._aim(at, way * (self._worth - before))

    def _pull_all(self) -> None:
        chance = np.random.default_rng(self._size)
        middle = self._worth - self._worth.mean()
        for _ in range(PULLS):
            ways = chance.permutation(np.resize([1.0, -1.0], self._size))
            for way in (ways, -ways):
                self._run(np.outer(way, middle))

    def _put_somebody_in_each(self) -> None:
        """Until nobody can be in any of the cells in which nobody has been met. At most a tenth of
        one is put into each, so that there are people for many: tables may be mixed.
        """
        before = self._size + 1
        while (nobody := np.isinf(self._low)).sum() < before:
            before = int(nobody.sum())
            self._allow(nobody, A_TENTH)
            self._run(np.outer(nobody, np.ones(self._parts)))
            self._allow(nobody, MOST)

    def _allow(self, cells: NDArray[np.bool_], most: float) -> None:
        """So many people for each answer in each of these cells."""
        columns = np.flatnonzero(np.repeat(cells, self._parts)).astype(np.int32)
        size = len(columns)
        self._solver.changeColsBounds(size, columns, np.zeros(size), np.full(size, most))

    def _pull_together(self) -> None:
        """Cells whose mean has not moved, as long as that moves many of them."""
        chance = np.random.default_rng(self._size)
        still = self._still
        while still.any():
            ways = chance.choice([1.0, -1.0], self._size) * chance.uniform(0.5, 1.0, self._size)
            middle = self._worth - np.where(still, self._low, 0.0)[:, None]
            self._run(np.where(still, ways, 0.0)[:, None] * middle)
            before, still = still.sum(), self._still
            if before - still.sum() <= before // MANY:
                return

    @property
    def _still(self) -> NDArray[np.bool_]:
        """Cells with somebody in them whose mean has not moved."""
        return np.asarray(np.isfinite(self._low) & (self._low + HARDLY >= self._high))

    def _aim(self, at: int, cost: Floats) -> None:
        costs = np.zeros((self._size, self._parts))
        costs[at] = cost
        self._run(costs)

    def _run(self, costs: Floats) -> None:
        flat = costs.ravel()
        self._solver.changeColsCost(len(flat), np.arange(len(flat), dtype=np.int32), flat)
        self._solver.run()
        if self._solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            raise DisagreementError
        found = np.array(self._solver.getSolution().col_value).reshape(costs.shape)
        n = found.sum(axis=1)
        self._fewest = np.minimum(self._fewest, n)
        some = n > SLACK
        means = found[some] @ self._worth / n[some]
        self._low[some] = np.minimum(self._low[some], means)
        self._high[some] = np.maximum(self._high[some], means)
        self._kinds = np.maximum(self._kinds, (found > SLACK).sum(axis=1))

    def _load(self) -> Any:
        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # has no types
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("simplex_strategy", DUAL_THEN_PRIMAL)
        solver.setOptionValue("primal_feasibility_tolerance", PRECISELY)
        size = self._size * self._parts
        solver.addVars(size, np.zeros(size), np.full(size, MOST))
        solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        for cells, totals in self._known.exact:
            for part, total in enumerate(totals):
                self._add(solver, cells, [part], total, total)
        for cells, n in self._known.people:
            self._add(solver, cells, range(self._parts), n, n)
        for cells, lowest, highest in self._known.sums:
            self._add(solver, cells, range(self._parts), lowest, highest, worth=self._worth)
        for cells, n, least, most in self._known.bounded:
            self._add(solver, cells, range(self._parts), n, n)
            for part in range(self._parts):
                self._add(solver, cells, [part], least[part], most[part])
        return solver

    def _add(
        self,
        solver: Any,
        cells: Sequence[int],
        parts: Sequence[int],
        least: float,
        most: float,
        *,
        worth: Floats | None = None,
    ) -> None:
        columns = np.array(cells)[:, None] * self._parts + np.array(parts)
        flat = columns.ravel().astype(np.int32)
        each = np.ones(len(flat)) if worth is None else np.tile(worth, len(cells))
        solver.addRow(least, most, len(flat), flat, each)


def worth(answers: Sequence[str]) -> tuple[Floats, bool]:
    """The answers' numbers, where their names are numbers; else their order."""
    if all(NUMBER.fullmatch(name) for name in answers):
        return np.array([float(name) for name in answers]), True
    return np.arange(len(answers), dtype=np.float64), False
