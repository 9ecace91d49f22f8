"""Counts of answers for every unit and level at once: what is true, before it is protected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dialog.core.columns import (
    MISSING,
    TABULATED,
    Amount,
    Choice,
    Choices,
    Passing,
    category_values,
    column,
    filters,
    read_into,
)
from dialog.core.questionnaire import Questionnaire, Scale, Test, items
from dialog.core.score_columns import score_each
from dialog.core.statistics.spreads import Spread, measure
from dialog.core.tree import Floats, Numbers, Tree

Answered = tuple[str | None, str, Mapping[str, Any]]  # unit code, level, answers


@dataclass(frozen=True)
class Count:
    """Counts of one item (or score) for unit u and all below it, at level l; the last level column
    holds responses without a level.

    n[u, l] answered; categories[u, l, c] of them gave category c; total[u, l] is the sum of their
    numbers; most[u, l + 1] gave one and the same number, and most[u, 0] at all levels together.
    """

    n: Numbers
    categories: Numbers | None = None
    total: Floats | None = None
    most: Numbers | None = None


@dataclass(frozen=True)
class Table:
    """All counts of a round. `levels` names the level columns but the last."""

    tree: Tree
    levels: tuple[str, ...]
    n: Numbers
    items: Mapping[str, Count]
    scores: Mapping[str, Count]
    passing: Mapping[Test, Numbers]
    spreads: Mapping[str, Spread] = field(default_factory=dict)  # of scales, over the whole


def tabulate(
    responses: Iterable[Answered],
    *,
    questionnaire: Questionnaire,
    tree: Tree,
    levels: tuple[str, ...],
) -> Table:
    """Count `responses` over the tree. One with an unknown unit (or None) counts at the first
    root, an unknown level as none.
    """
    known = {item.name: item for item in items(questionnaire) if item.kind in TABULATED}
    columns = {name: column(item) for name, item in known.items()}
    passing = {
        test: Passing(known[test.item], test)
        for tests in filters(questionnaire).values()
        for test in tests
        if test.item in known
    }
    reading = [*columns.items(), *((test.item, one) for test, one in passing.items())]
    level_of = {level: at for at, level in enumerate(levels)}
    places: list[int] = []
    for unit, level, answers in responses:
        at = tree.position.get(unit or "", int(tree.roots[0]))
        places.append(at * (len(levels) + 1) + level_of.get(level, len(levels)))
        read_into(reading, answers)
    counter = _Counter(tree, len(levels) + 1, np.array(places, dtype=np.int64))
    scales = [scale for scale in questionnaire.scales if scale.report == "score"]
    return Table(
        tree=tree,
        levels=levels,
        n=counter.count(np.ones(len(places), dtype=bool)),
        items={name: _count_item(counter, one) for name, one in columns.items()},
        scores={scale.name: _count_score(counter, scale, columns) for scale in scales},
        passing={test: counter.count(one.answered()) for test, one in passing.items()},
        spreads={scale.name: measure(scale, columns, counter.place) for scale in scales},
    )


class _Counter:
    """Sums over the tree of something that each response has."""

    def __init__(self, tree: Tree, levels: int, place: Numbers) -> None:
        self.tree, self.levels, self.place = tree, levels, place

    def count(self, flags: NDArray[np.bool_]) -> Numbers:
        return self._up(np.bincount(self.place[flags], minlength=len(self.tree) * self.levels))

    def categories(self, codes: NDArray[np.int16], size: int) -> Numbers:
        given = codes != MISSING
        key = self.place[given] * size + codes[given]
        counted = np.bincount(key, minlength=len(self.tree) * self.levels * size)
        return self._up(counted, size)

    def total(self, numbers: Floats) -> Floats:
        given = ~np.isnan(numbers)
        size = len(self.tree) * self.levels
        summed = np.bincount(self.place[given], weights=numbers[given], minlength=size)
        shaped: Floats = summed.astype(np.float64).reshape(len(self.tree), self.levels)
        self.tree.sum_up(shaped)
        return shaped

    def most(self, numbers: Floats) -> Numbers:
        """How many gave the most frequent number: [u, 0] at all levels, [u, 1 + l] at level l."""
        given = ~np.isnan(numbers)
        codes = np.unique(numbers[given], return_inverse=True)[1]
        unit, level = np.divmod(self.place[given], self.levels)
        found = np.zeros((len(self.tree), self.levels + 1), dtype=np.int64)
        for depth in reversed(range(len(self.tree.layers))):
            deeper = self.tree.depth[unit] > depth
            unit = np.where(deeper, self.tree.parent[unit], unit)
            here = self.tree.depth[unit] == depth
            for columns in (np.zeros_like(level), level + 1):
                groups = np.column_stack([unit[here], columns[here], codes[here]])
                kinds, sizes = np.unique(groups, axis=0, return_counts=True)
                np.maximum.at(found, (kinds[:, 0], kinds[:, 1]), sizes)
        return found

    def _up(self, counted: Numbers, *more: int) -> Numbers:
        shaped: Numbers = counted.reshape(len(self.tree), self.levels, *more)
        self.tree.sum_up(shaped)
        return shaped


def _count_item(counter: _Counter, one: Choice | Choices | Amount) -> Count:
    n = counter.count(one.answered())
    if isinstance(one, Amount):
        return Count(n, total=counter.total(one.numbers), most=counter.most(one.numbers))
    if isinstance(one, Choices):
        chosen = [counter.count(flags) for flags in one.chosen]
        return Count(n, categories=np.stack(chosen, axis=-1))
    size = len(one.categories)
    counted = counter.categories(one.codes, size) if size else None
    values = category_values(one.item)
    if values is None or counted is None:
        return Count(n, categories=counted)
    return Count(n, categories=counted, total=np.asarray(counted @ np.array(values)))


def _count_score(
    counter: _Counter, scale: Scale, columns: Mapping[str, Choice | Choices | Amount]
) -> Count:
    scores = score_each(scale, columns, len(counter.place))
    return Count(counter.count(~np.isnan(scores)), total=counter.total(scores))
