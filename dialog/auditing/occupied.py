"""Cells that somebody must be in, given everything published: who took part and who answered too.

A table is looked for that agrees with all of it and has as few people as can be in all of these
cells at once. Where it has nobody, what can be said of a cell holds only if somebody is there. Like
all tables of this audit it may be mixed, that is, hold parts of people. A point inside is found in
a twentieth of the time of a corner.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from dialog.auditing.answer_equations import AnswerEquations, levels_of
from dialog.auditing.answers import worth
from dialog.auditing.equations import NO_LEVEL, Equations
from dialog.auditing.possibilities import MOST, DisagreementError
from dialog.auditing.reading import Published

NOBODY = 1e-4  # the point is inside: it comes near nobody, not quite there


def occupied(
    releases: Sequence[Published],
    where: Sequence[tuple[str, ...]],
    item: str,
    known: AnswerEquations,
    cells: Collection[int],
) -> set[int]:
    """Those of `cells` (numbers in `known`) that hold somebody who answered, in any table that has
    as few such people as can be: where it must be one of several, each of them. Raises
    DisagreementError where no table agrees with everything.
    """
    people = Equations(releases, where, ["", item])
    named = set(levels_of(releases, item))
    inside: dict[int, list[int]] = defaultdict(list)  # the people of `people` in each cell
    for number, (units, level) in enumerate(people.kinds):
        inside[known.numbers[units, level if level in named else NO_LEVEL]].append(number)
    program = _Program(len(people.cells), len(known.answers))
    for key, members in people.members.items():
        total = people.left(key)
        program.add(members, total, total, program.everybody if not key.item else program.answered)
    for exact, totals in known.exact:
        _add_each(program, _all(inside, exact), totals, totals)
    for bounded, n, least, most in known.bounded:
        program.add(_all(inside, bounded), n, n, program.answered)
        _add_each(program, _all(inside, bounded), least, most)
    numbers = worth(known.answers)[0]
    for summed, lowest, highest in known.sums:
        program.add(_all(inside, summed), lowest, highest, np.append(numbers, 0.0))
    every = _all(inside, cells)
    found = program.fewest(every)
    held: set[int] = set()
    while now := {one for one in cells if found[inside[one]].sum() > NOBODY} - held:
        if not held:
            program.add(every, 0.0, found[every].sum(), program.answered)
        held |= now
        found = program.fewest(_all(inside, held))  # so as many as can be in the others
    return held


def _all(inside: dict[int, list[int]], cells: Collection[int]) -> list[int]:
    return [number for cell in cells for number in inside[cell]]


def _add_each(
    program: "_Program", members: Sequence[int], least: Sequence[int], most: Sequence[int]
) -> None:
    for part, (low, high) in enumerate(zip(least, most, strict=True)):
        program.add(members, low, high, program.only(part))


class _Program:
    """How many of so many kinds of people gave each answer; the last one is none at all."""

    def __init__(self, size: int, answers: int) -> None:
        self._size, self._parts = size, answers + 1
        self.everybody = np.ones(self._parts)
        self.answered = np.append(np.ones(answers), 0.0)
        self._solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # has no types
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self._solver.setOptionValue("run_crossover", "off")
        many = size * self._parts
        self._solver.addVars(many, np.zeros(many), np.full(many, MOST))

    def only(self, part: int) -> NDArray[np.float64]:
        return np.asarray(np.arange(self._parts) == part, dtype=np.float64)

    def add(
        self, members: Sequence[int], least: float, most: float, worth: NDArray[np.float64]
    ) -> None:
        """Of the people of these kinds, each answer worth so much."""
        some = np.flatnonzero(worth)
        columns = np.array(members, dtype=np.int32)[:, None] * self._parts + some.astype(np.int32)
        flat = columns.ravel().astype(np.int32)
        self._solver.addRow(least, most, len(flat), flat, np.tile(worth[some], len(members)))

    def fewest(self, members: Sequence[int]) -> NDArray[np.float64]:
        """How many of each kind answered, in a table where as few of these as can be did."""
        costs = np.zeros((self._size, self._parts))
        costs[members] = self.answered
        flat = costs.ravel()
        self._solver.changeColsCost(len(flat), np.arange(len(flat), dtype=np.int32), flat)
        for solver in ("ipm", "simplex"):  # what the first cannot settle, the second does
            self._solver.setOptionValue("solver", solver)
            self._solver.run()
            if self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
                break
        else:
            raise DisagreementError
        found = np.array(self._solver.getSolution().col_value).reshape(costs.shape)
        return np.asarray(found @ self.answered)
