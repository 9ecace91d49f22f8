"""Attackers who know only what is published: one who subtracts, one who solves linear programs.

They share nothing with the protection but the tree. Both look at published sums of `counts`:
(unit, None) over all levels, (unit, level) of one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from dialog.core.disclosure.sums import Pattern
from dialog.core.tree import Numbers, Tree

A_REGION = 100_000.0  # nobody has to think that there are more people than this


@dataclass
class Known:
    """A sum that the attacker knows: which (unit, level) classes it covers, and what it is."""

    classes: frozenset[tuple[int, int]]
    count: int


def published(tree: Tree, own: Numbers, pattern: Pattern) -> list[Known]:
    """Everything published: `own[u, l]` are those directly at a unit, last column without level."""
    levels = own.shape[1]
    below: list[list[int]] = [[at] for at in range(len(tree))]
    for at in reversed(range(len(tree))):
        if tree.parent[at] >= 0:
            below[tree.parent[at]] += below[at]
    known = []
    for unit in range(len(tree)):
        shown = [range(levels)] if pattern.units[unit] else []
        shown += [range(at, at + 1) for at in range(levels - 1) if pattern.levels[unit, at]]
        for covered in shown:
            classes = frozenset((u, at) for u in below[unit] for at in covered)
            known.append(Known(classes, int(sum(own[place] for place in classes))))
    return known


def subtract(known: list[Known], *, rounds: int = 2) -> Iterator[Known]:
    """Every sum found by taking a known sum out of one that contains it, again and again."""
    found = {one.classes: one.count for one in known}
    fresh = dict(found)
    for _ in range(rounds):
        new: dict[frozenset[tuple[int, int]], int] = {}
        for large, count in found.items():
            for small, less in found.items():
                if small < large and (large in fresh or small in fresh):
                    rest = large - small
                    if rest not in found:
                        new[rest] = count - less
        found |= new
        fresh = new
        if not new or len(found) > 800:
            break
    return (Known(classes, count) for classes, count in found.items())


def largest(known: list[Known], own: Numbers) -> Numbers:
    """For each class the largest count that all published sums together leave possible."""
    units, levels = own.shape
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # has no types
    solver.setOptionValue("output_flag", False)
    for _ in range(units * levels):
        solver.addVar(0, A_REGION)
    for one in known:
        covered = np.array([u * levels + at for u, at in sorted(one.classes)], dtype=np.int32)
        count, size = float(one.count), len(covered)
        solver.addRow(count, count, size, covered, np.ones(size))
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    bounds = np.zeros(units * levels)
    for at in range(units * levels):
        solver.changeColCost(at, 1.0)
        solver.run()
        bounds[at] = solver.getInfo().objective_function_value
        solver.changeColCost(at, 0.0)
    return np.rint(bounds).astype(np.int64).reshape(own.shape)


def largest_within(
    known: list[Known], within: list[Known], own: Numbers
) -> tuple[Numbers, Numbers]:
    """The same where `within` counts some of those of `known`: the largest count of each class
    among all, and among those within.
    """
    units, levels = own.shape
    size = units * levels
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # has no types
    solver.setOptionValue("output_flag", False)
    for _ in range(2 * size):  # those within, then the others
        solver.addVar(0, A_REGION)
    for sums, both in ((known, True), (within, False)):
        for one in sums:
            covered = [u * levels + at for u, at in sorted(one.classes)]
            covered += [size + at for at in covered] if both else []
            members = np.array(covered, dtype=np.int32)
            solver.addRow(one.count, one.count, len(members), members, np.ones(len(members)))
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    bounds = np.zeros((2, size))
    for at in range(size):
        for which, columns in ((0, (at, size + at)), (1, (at,))):
            for column in columns:
                solver.changeColCost(column, 1.0)
            solver.run()
            bounds[which, at] = solver.getInfo().objective_function_value
            for column in columns:
                solver.changeColCost(column, 0.0)
    found = np.floor(bounds + 1e-6).astype(np.int64).reshape(2, units, levels)
    return found[0], found[1]


@dataclass
class Answers:
    """What the attacker knows of a question's answers in a group: the count of each category, or
    (coarsened) the least and the most that it can be.
    """

    classes: frozenset[tuple[int, int]]
    least: Numbers
    most: Numbers


def mean_ranges(
    known: list[Answers], own: Numbers, worth: tuple[float, ...]
) -> NDArray[np.float64]:
    """For each class how far apart its possible means are, to one who knows how many (`own`) of
    each class answered: two programs for each, over everything at once.
    """
    units, levels = own.shape
    parts = len(worth)
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # has no types
    solver.setOptionValue("output_flag", False)
    for count in own.ravel():
        for _ in worth:
            solver.addVar(0, float(count))
    for at, count in enumerate(own.ravel()):
        members = np.arange(at * parts, (at + 1) * parts, dtype=np.int32)
        solver.addRow(float(count), float(count), parts, members, np.ones(parts))
    for one in known:
        for part, (least, most) in enumerate(zip(one.least, one.most, strict=True)):
            covered = [(u * levels + at) * parts + part for u, at in sorted(one.classes)]
            members = np.array(covered, dtype=np.int32)
            solver.addRow(float(least), float(most), len(members), members, np.ones(len(members)))
    width = np.full(units * levels, np.nan)
    for at in np.flatnonzero(own.ravel()).tolist():
        ends = []
        columns = np.arange(at * parts, (at + 1) * parts, dtype=np.int32)
        solver.changeColsCost(parts, columns, np.array(worth) / own.ravel()[at])
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            solver.changeObjectiveSense(sense)
            solver.run()
            assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
            ends.append(solver.getInfo().objective_function_value)
        solver.changeColsCost(parts, columns, np.zeros(parts))
        width[at] = ends[1] - ends[0]
    return width.reshape(own.shape)
