"""Scores of all responses at once, by the rule of core.scoring."""

from collections.abc import Mapping

import numpy as np

from dialog.core.columns import Amount, Choice, Choices
from dialog.core.questionnaire import Item, Scale
from dialog.core.scoring import bounds
from dialog.core.tree import Floats

Columns = Mapping[str, Choice | Choices | Amount]


def score_each(scale: Scale, columns: Columns, size: int) -> Floats:
    """The score of each of `size` responses, NaN for none."""
    numbers = item_numbers(scale, columns, size)
    given = (~np.isnan(numbers)).sum(axis=0)
    total = np.nansum(numbers, axis=0)
    enough = (given > 0) & (2 * given >= len(scale.items))
    return np.where(enough, total / np.maximum(given, 1), np.nan)


def item_numbers(scale: Scale, columns: Columns, size: int) -> Floats:
    """[item, response]: the answers as numbers, reversed items turned round, NaN for none."""
    found = np.full((len(scale.items), size), np.nan)
    for at, name in enumerate(scale.items):
        numbers = _numbers(columns[name])
        limits = bounds(columns[name].item)
        if name in scale.reversed and limits is not None:
            numbers = sum(limits) - numbers
        found[at] = numbers
    return found


def _numbers(one: Choice | Choices | Amount) -> Floats:
    if isinstance(one, Amount):
        return one.numbers
    if isinstance(one, Choices):
        return np.full(len(one.answered()), np.nan)
    values = [float(name) for name in one.categories] if not one.item.options else None
    table = np.array([*(values or _option_values(one.item)), np.nan])  # MISSING is -1: the last
    return np.asarray(table[one.codes], dtype=np.float64)


def _option_values(item: Item) -> list[float]:
    return [np.nan if option.value is None else float(option.value) for option in item.options]
