"""Answers as columns of numbers: one for each item, one row for each response."""

import math
from array import array
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from dialog.core.conditions import holds, is_missing
from dialog.core.questionnaire import LEVEL, Condition, Item, Kind, Questionnaire, Test
from dialog.core.routing import deciding

MISSING = -1
TABULATED = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE, Kind.NUMBER, Kind.DATE})


class Column(Protocol):
    """Takes one answer after another; `answered` is then one flag for each."""

    item: Item

    def read(self, value: Any) -> None: ...

    def answered(self) -> NDArray[np.bool_]: ...


class Choice:
    """One of several categories: `codes` holds positions in `categories`, MISSING for none."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self._code: dict[Hashable, int] = {}
        self.categories = categories(item)
        for code, category in enumerate(self.categories):
            self._code[category if item.options else int(category)] = code
        self._codes = array("h")

    def read(self, value: Any) -> None:
        self._codes.append(self._code.get(value, MISSING) if value is not None else MISSING)

    @property
    def codes(self) -> NDArray[np.int16]:
        return np.frombuffer(self._codes, dtype=np.int16)

    def answered(self) -> NDArray[np.bool_]:
        return np.asarray(self.codes != MISSING)


class Choices:
    """Several categories at once: `chosen` is one row of flags for each category."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self._answered = array("b")
        self._chosen = {option.name: array("b") for option in item.options}

    def read(self, value: Any) -> None:
        given = value if isinstance(value, list) else ()
        self._answered.append(bool(given))
        for name, flags in self._chosen.items():
            flags.append(name in given)

    @property
    def chosen(self) -> NDArray[np.bool_]:
        return np.array([np.frombuffer(flags, dtype=np.bool_) for flags in self._chosen.values()])

    def answered(self) -> NDArray[np.bool_]:
        return np.frombuffer(self._answered, dtype=np.bool_)


class Amount:
    """A number; a date is only known to be given, as 0."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self._numbers = array("d")

    def read(self, value: Any) -> None:
        if self.item.kind is Kind.DATE:
            value = None if is_missing(value) else 0
        known = isinstance(value, int | float)
        self._numbers.append(value if known else math.nan)

    @property
    def numbers(self) -> NDArray[np.float64]:
        return np.frombuffer(self._numbers, dtype=np.float64)

    def answered(self) -> NDArray[np.bool_]:
        return ~np.isnan(self.numbers)


class Passing:
    """Whether an answer was given and passes a test: whoever does is let on to other questions."""

    def __init__(self, item: Item, test: Test) -> None:
        self.item = item
        self._condition = Condition(parts=(test,))
        self._known: dict[Hashable, bool] = {}
        self._flags = array("b")

    def read(self, value: Any) -> None:
        if is_missing(value):
            self._flags.append(False)
            return
        key: Hashable = tuple(value) if isinstance(value, list) else value
        if key not in self._known:
            self._known[key] = holds(self._condition, {self.item.name: (self.item, value)}, "")
        self._flags.append(self._known[key])

    def answered(self) -> NDArray[np.bool_]:
        return np.frombuffer(self._flags, dtype=np.bool_)


def categories(item: Item) -> tuple[str, ...]:
    """The names of an item's categories, as tables write them; none for numbers and dates."""
    if item.kind is Kind.SCALE:
        return tuple(str(number) for number in range(item.low or 0, (item.high or 0) + 1))
    return tuple(option.name for option in item.options)


def category_values(item: Item) -> tuple[float, ...] | None:
    """A number for each category, None unless every category has one: such an item has a mean."""
    if item.kind is Kind.SCALE:
        return tuple(float(name) for name in categories(item))
    values = [option.value for option in item.options if option.value is not None]
    if item.kind is not Kind.SINGLE or not values or len(values) < len(item.options):
        return None
    return tuple(float(value) for value in values)


def column(item: Item) -> Choice | Choices | Amount:
    if item.kind is Kind.MULTIPLE:
        return Choices(item)
    return Choice(item) if item.kind in (Kind.SINGLE, Kind.SCALE) else Amount(item)


def filters(questionnaire: Questionnaire) -> dict[str, tuple[Test, ...]]:
    """For each question that is shown on a condition, the tests of other items in it."""
    found = {
        question: tuple(test for test in tests if test.item != LEVEL)
        for question, tests in deciding(questionnaire).items()
    }
    return {question: tests for question, tests in found.items() if tests}


def read_into(columns: Sequence[tuple[str, Column]], answers: Mapping[str, Any]) -> None:
    for name, one in columns:
        one.read(answers.get(name))
