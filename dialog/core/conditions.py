"""Which questions a respondent is shown, given what has been answered so far.

The respondent's page decides by the same rules; what is hidden has no answer and is never sent.

- An answer is missing when there is none, or it is "vet ej" or "vill inte svara".
- `is` compares with the answer as it is written: an option's name, a number ("3", "2.5"), a date,
  a text, a level, `_unknown` or `_declined`. Of several choices one is enough. `is_not` is true
  exactly when `is` is false, so also when there is no answer.
- `at_least` and `at_most` compare with the first value: a number, a date, or an option's `value`.
  They are false when there is nothing to compare.
- A hidden question counts as unanswered, and so does one that comes later in the form.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from dialog.core.questionnaire import (
    DECLINED,
    LEVEL,
    UNKNOWN,
    Condition,
    Item,
    Kind,
    Questionnaire,
    Test,
    items_of,
    questions,
)

MISSING = frozenset({UNKNOWN, DECLINED})


def shown(questionnaire: Questionnaire, answers: Mapping[str, Any], level: str) -> set[str]:
    """The names of the questions that are shown to somebody on `level` who gave `answers`."""
    names: set[str] = set()
    decisive = _decisive(questionnaire)
    before: dict[str, tuple[Item, Any]] = {}
    for section in questionnaire.sections:
        if section.show_if is not None and not holds(section.show_if, before, level):
            continue
        for question in section.questions:
            if question.show_if is not None and not holds(question.show_if, before, level):
                continue
            names.add(question.name)
            if decisive.isdisjoint((question.name, *(row.name for row in question.rows))):
                continue
            for item in items_of(question):
                if item.name in answers:
                    before[item.name] = (item, answers[item.name])
    return names


def _decisive(questionnaire: Questionnaire) -> set[str]:
    """The items that any condition asks about."""
    conditions = [section.show_if for section in questionnaire.sections]
    conditions += [each.show_if for each in questions(questionnaire)]
    return {test.item for one in conditions if one is not None for test in tests_of(one)}


def holds(condition: Condition, answers: Mapping[str, tuple[Item, Any]], level: str) -> bool:
    """Whether the condition is true of the answers given so far, each with its item."""
    outcomes = (
        holds(part, answers, level)
        if isinstance(part, Condition)
        else _passes(part, answers, level)
        for part in condition.parts
    )
    return all(outcomes) if condition.mode == "all" else any(outcomes)


def tests_of(condition: Condition) -> Iterator[Test]:
    """Every test of a condition, at any depth."""
    for part in condition.parts:
        if isinstance(part, Condition):
            yield from tests_of(part)
        else:
            yield part


def is_missing(value: Any) -> bool:
    """Whether nothing was answered, or with "vet ej" or "vill inte svara"."""
    return value is None or value in ("", [], *MISSING)


def written(value: Any) -> str:
    """An answer as conditions write it: 3.0 is "3"."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _passes(test: Test, answers: Mapping[str, tuple[Item, Any]], level: str) -> bool:
    item, value = answers.get(test.item, (None, None))
    if test.item == LEVEL:
        value = level
    if test.op == "is":
        return _is(value, test.values)
    if test.op == "is_not":
        return not _is(value, test.values)
    if is_missing(value):
        return False
    if test.op == "answered":
        return True
    return item is not None and bool(test.values) and _compare(item, value, test)


def _is(value: Any, values: tuple[str, ...]) -> bool:
    if value is None:
        return False
    given = value if isinstance(value, list) else [value]
    return any(written(one) in values for one in given)


def _compare(item: Item, value: Any, test: Test) -> bool:
    limit = test.values[0]
    if item.kind is Kind.DATE:
        return value >= limit if test.op == "at_least" else bool(value <= limit)
    try:
        bound = float(limit)
    except ValueError:
        return False
    numbers = _numbers(item, value)
    if test.op == "at_least":
        return any(number >= bound for number in numbers)
    return any(number <= bound for number in numbers)


def _numbers(item: Item, value: Any) -> list[float]:
    """What is compared: the number given, or the `value` of each option chosen."""
    if item.options:
        chosen = value if isinstance(value, list) else [value]
        return [o.value for o in item.options if o.name in chosen and o.value is not None]
    return [value] if isinstance(value, int | float) else []
