"""Faults of conditions: what they ask of which answers."""

import math
from collections.abc import Iterator
from datetime import date

from dialog.core.checking.fault import Fault
from dialog.core.conditions import tests_of
from dialog.core.levels import Level
from dialog.core.questionnaire import (
    DECLINED,
    LEVEL,
    UNKNOWN,
    Condition,
    Item,
    Kind,
    Questionnaire,
    Test,
    items,
    items_of,
)
from dialog.core.scoring import bounds

MAX_DEPTH = 6  # conditions inside conditions
TEXTS = frozenset({Kind.SHORT, Kind.LONG})


def condition_faults(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Of sections and questions, in the order of the form."""
    known = {item.name: item for item in items(questionnaire)}
    before: set[str] = set()
    for section in questionnaire.sections:
        yield from _condition(section.name, section.show_if, known, before)
        for question in section.questions:
            yield from _condition(question.name, question.show_if, known, before)
            before |= {item.name for item in items_of(question)}


def _condition(
    place: str, condition: Condition | None, known: dict[str, Item], before: set[str]
) -> Iterator[Fault]:
    """Looking back only is also what keeps conditions from going in circles."""
    if condition is None:
        return
    if _has_empty(condition):
        yield Fault(place, "empty_condition")
    if _depth(condition) > MAX_DEPTH:
        yield Fault(place, "deep_condition")
    for test in tests_of(condition):
        if test.item == LEVEL:
            yield from _level_test(place, test)
        elif test.item not in known:
            yield Fault(place, "unknown_item", {"name": test.item})
        elif test.item not in before:
            yield Fault(place, "later_item", {"name": test.item})
        else:
            yield from _test(place, test, known[test.item])


def _has_empty(condition: Condition) -> bool:
    inner = (part for part in condition.parts if isinstance(part, Condition))
    return not condition.parts or any(_has_empty(part) for part in inner)


def _depth(condition: Condition) -> int:
    inner = (_depth(part) for part in condition.parts if isinstance(part, Condition))
    return 1 + max(inner, default=0)


def _level_test(place: str, test: Test) -> Iterator[Fault]:
    if test.op not in {"is", "is_not"}:
        yield Fault(place, "cannot_compare", {"name": LEVEL})
    elif not test.values:
        yield Fault(place, "no_values", {"name": LEVEL})
    for value in test.values:
        if value not in set(Level):
            yield Fault(place, "unknown_value", {"name": LEVEL, "value": value})


def _test(place: str, test: Test, item: Item) -> Iterator[Fault]:
    about = {"name": item.name}
    if test.op == "answered":
        if test.values:
            yield Fault(place, "unknown_value", {**about, "value": test.values[0]})
    elif not test.values:
        yield Fault(place, "no_values", about)
    elif test.op in {"is", "is_not"}:
        for value in test.values:
            if not _can_be(item, value):
                yield Fault(place, "unknown_value", {**about, "value": value})
    elif item.kind in TEXTS or (item.options and bounds(item) is None):
        yield Fault(place, "cannot_compare", about)
    else:
        for value in test.values:
            if len(test.values) > 1 or not _is_size(item, value):
                yield Fault(place, "unknown_value", {**about, "value": value})


def _can_be(item: Item, value: str) -> bool:
    if value in {UNKNOWN, DECLINED}:
        return item.unknown if value == UNKNOWN else item.declined
    if item.options:
        return value in {option.name for option in item.options}
    if item.kind in TEXTS:
        return True
    return _is_size(item, value) and _in_limits(item, value)


def _is_size(item: Item, value: str) -> bool:
    """Whether `value` is a number, or for a date a date, written as answers are."""
    if item.kind is Kind.DATE:
        try:
            return date.fromisoformat(value).isoformat() == value
        except ValueError:
            return False
    try:
        number = float(value)
    except ValueError:
        return False
    return math.isfinite(number) and value == (
        str(int(number)) if number.is_integer() else str(number)
    )


def _in_limits(item: Item, value: str) -> bool:
    if item.kind is Kind.DATE:
        return True
    number = float(value)
    low_enough = item.high is None or number <= item.high
    return low_enough and (item.low is None or number >= item.low)
