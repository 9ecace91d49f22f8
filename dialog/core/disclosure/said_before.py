"""What an earlier release said of a question's answers, as equations over the new places.

Used is what is still true: of a group whose people are known and as many as it said, the count of
each answer; the sum of their numbers, if its mean was the one published (a mean with one decimal
is taken for the exact one, as in the audit of the release itself); the bounds of a coarsened group.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dialog.core.disclosure.moves import Moves
from dialog.core.disclosure.sums import NOWHERE, Sums, by_level
from dialog.core.disclosure.tables import Bounded, Values
from dialog.core.disclosure.values import dominates
from dialog.core.published import one_decimal
from dialog.core.tree import Floats

Cell = tuple[str, str]  # unit, level; an empty level is all of them


@dataclass(frozen=True)
class Said:
    """`n` of each group, the count of each answer (None where only a bound), and the mean."""

    n: Mapping[Cell, int]
    answers: Mapping[Cell, Mapping[str, int | None]]
    means: Mapping[Cell, float]


@dataclass(frozen=True)
class Before:
    """The groups that were published in full, and those that were coarsened."""

    sums: Sums
    bounded: tuple[Bounded, ...] = ()


def said_before(
    said: Said, moves: Moves, values: Values, *, levels: Sequence[str], categories: Sequence[str]
) -> Before:
    """`levels` names the level columns of `values` but the last."""
    rows = np.full(len(values.n), NOWHERE, dtype=np.int64)
    pieces = np.full(values.n.shape, NOWHERE, dtype=np.int64)
    bounded: list[Bounded] = []
    people = moves.summed(by_level(values.n))
    answered = moves.summed(by_level(values.given))
    for column, level in enumerate(("", *levels)):
        full: set[str] = set()
        for (unit, at), count in said.n.items():
            if at != level or unit not in people or int(people[unit][column]) != count:
                continue
            truth = np.asarray(answered[unit][column], dtype=np.float64)
            if _in_full(said, (unit, at), count, truth, categories):
                full.add(unit)
            elif _is_coarsened(said, (unit, at), count, truth):
                bounded.append(_bounds(moves, unit, column, values, truth))
        nearest = moves.nearest(full)
        if column:
            levelled = nearest * values.n.shape[1] + column - 1
            pieces[:, column - 1] = np.where(nearest >= 0, levelled, NOWHERE)
        else:
            rows = nearest
    return Before(Sums(rows, pieces), tuple(bounded))


def _in_full(said: Said, cell: Cell, count: int, truth: Floats, categories: Sequence[str]) -> bool:
    if len(truth) == 1:  # a sum of numbers
        return cell in said.means and said.means[cell] == one_decimal(float(truth[0]) / count)
    answers = said.answers.get(cell, {})
    return bool([answers.get(name, 0) for name in categories] == truth.tolist())


def _is_coarsened(said: Said, cell: Cell, count: int, truth: Floats) -> bool:
    bounds = any(n is None for n in said.answers.get(cell, {}).values())
    return bounds and len(truth) > 1 and dominates(int(truth.max()), count)


def _bounds(moves: Moves, unit: str, column: int, values: Values, truth: Floats) -> Bounded:
    members = np.zeros(values.n.shape, dtype=bool)
    members[moves.within(unit)] = True
    if column:
        members &= np.arange(values.n.shape[-1]) == column - 1
    return Bounded.nearly_all(members, truth)
