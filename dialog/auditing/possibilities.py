"""How many people an attacker must consider possible, everywhere, given everything published.

Unknown are the people of each unit itself at each level. Every published count is an equation.
Instead of asking for each unknown how large it can be, tables are looked for that agree with all
equations and in which many unknowns are large at once: whatever reaches k in one of them is safe.
What does not is asked for by itself.

One table speaks for more than itself. Where rows (the people of a unit, but for published parts)
are told apart by nothing but their totals, anybody may change places with anybody of another row
on the same level who changes places on another level in return. So if one row can hold k people
on a level, so can each other that has k people at all.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from dialog.auditing.equations import Equations
from dialog.auditing.reading import Cell, Published

SLACK = 1e-6
TRIES = 40
MOST = 1e6  # nobody has to think that there are more people than this in one place
PRIMAL_SIMPLEX = 4  # only the question changes from one program to the next
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class DisagreementError(Exception):
    """No people could have given all of these figures: they are not of the same responses."""


@dataclass(frozen=True)
class Bound:
    """At most `most` people (of those who answered `item`) are in `cell`, fewer than k."""

    item: str
    cell: Cell
    most: int


class Possibilities:
    """All tables that agree with what is published of `items`: "" is everybody, and the first
    holds the others within it. `where` gives, for each kind of people, the unit they are in in
    each release. Raises DisagreementError where there is no such table.
    """

    def __init__(
        self, releases: Sequence[Published], where: Sequence[tuple[str, ...]], items: Sequence[str]
    ) -> None:
        self.items = list(items)
        self.unknown = Equations(releases, where, items)
        self._solver = self._load()
        self._run()

    def small(self, ks: Sequence[int]) -> Iterator[Bound]:
        """Whatever can be derived to be 1 to k-1 people; `ks` holds the k of each item."""
        size = len(self.unknown.cells)
        alike = self._alike(ks)
        open_ = np.ones((len(self.items), size), dtype=bool)
        chance = np.random.default_rng(size)
        for _ in range(TRIES):
            before = int(open_.sum())
            pull = open_ * chance.uniform(0.5, 1.0, open_.shape)
            self._aim(np.cumsum(pull, axis=0))  # who answered is counted in both
            self._settle(self._run(), open_, ks, alike)
            if before - open_.sum() < max(1, before // 100):
                break
        for at, number in np.argwhere(open_):
            if not open_[at, number]:
                continue
            aim = np.zeros(open_.shape)
            aim[at:, number] = 1.0
            self._aim(aim)
            found = self._run()
            self._settle(found, open_, ks, alike)
            most = int(np.floor(found[at:, number].sum() + SLACK))
            if most < ks[at] and (most == 0 or at == len(ks) - 1):
                open_[at, alike.get(int(number), [])] = False  # the others can hold no more
            if 0 < most < ks[at]:
                yield Bound(self.items[at], self.unknown.cells[number], most)

    def _settle(
        self, found: Floats, open_: Flags, ks: Sequence[int], alike: dict[int, list[int]]
    ) -> None:
        """Close what is large enough in a table. Layer 0 are those who did not answer the item."""
        people = found[::-1].cumsum(axis=0)[::-1]
        for at, k in enumerate(ks):
            open_[at] &= people[at] < k - SLACK
        most = max(ks)
        for number in np.flatnonzero(people[-1] >= most - SLACK):
            open_[:, alike.get(int(number), [])] = False

    def _alike(self, ks: Sequence[int]) -> dict[int, list[int]]:
        """For each unknown, those of other rows that can be as large as it can."""
        columns: dict[Hashable, list[int]] = defaultdict(list)
        for number, column in enumerate(self.unknown.columns(max(ks))):
            if column is not None:
                columns[column].append(number)
        return {number: members for members in columns.values() for number in members}

    def _load(self) -> Any:
        size, layers = len(self.unknown.cells), len(self.items)
        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # has no types
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("simplex_strategy", PRIMAL_SIMPLEX)
        nobody = self.unknown.empty()
        highest = np.where(nobody, 0.0, MOST).ravel()
        solver.addVars(size * layers, np.zeros(size * layers), highest)
        solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        for key, members in self.unknown.members.items():
            first = self.items.index(key.item)
            every = [np.array(members) + at * size for at in range(first, layers)]
            columns = np.concatenate(every).astype(np.int32)
            total = self.unknown.left(key)
            solver.addRow(total, total, len(columns), columns, np.ones(len(columns)))
        return solver

    def _aim(self, costs: Floats) -> None:
        flat = costs.ravel()
        self._solver.changeColsCost(len(flat), np.arange(len(flat), dtype=np.int32), flat)

    def _run(self) -> Floats:
        self._solver.run()
        if self._solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            raise DisagreementError
        found = np.array(self._solver.getSolution().col_value)
        return found.reshape(len(self.items), len(self.unknown.cells))
