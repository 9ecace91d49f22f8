"""Answers to a questionnaire: how long they can get, and whether they can have been given.

Answers are what a ballot holds: item name -> option name | list of option names | number |
"YYYY-MM-DD" | text | `_unknown` | `_declined`. An item without an answer is left out.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from dialog.core.conditions import shown
from dialog.core.levels import Level
from dialog.core.questionnaire import (
    DECLINED,
    NUMBER_LIMIT,
    UNKNOWN,
    Item,
    Kind,
    Questionnaire,
    items,
)

MAX_LENGTH = 16_384  # bytes: the longest plaintext that a ballot may have
UNIT_LENGTH = 60  # code units of a unit's code at most
_BYTES_PER_UNIT = 3  # UTF-8 per UTF-16 code unit at most; \" \\ \n are two, a surrogate pair four
_NUMBER_BYTES = 24  # "-1.7976931348623157e+308": the longest that JSON.stringify writes a double
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # all but tab and newline
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class WrongAnswerError(ValueError):
    """Answers that the form could not have given.

    `reason` is unknown_item, wrong_type, out_of_range, unknown_option, hidden, too_long or
    required; `item` is the item it is about. Neither holds anything of the answer.
    """

    def __init__(self, reason: str, item: str = "") -> None:
        super().__init__(reason, item)
        self.reason = reason
        self.item = item


def longest(questionnaire: Questionnaire) -> int:
    """Bytes of the longest plaintext `{"v":1,"unit":…,"level":…,"answers":{…}}` that the
    respondent's page can make: compact UTF-8 JSON, unit codes of up to 60 characters, text without
    control characters but tab and newline, every question shown.
    """
    frame = len('{"v":1,"unit":"","level":"","answers":{}}')
    place = UNIT_LENGTH * _BYTES_PER_UNIT + max(len(level) for level in Level)
    given = [len(item.name) + len('"":') + _longest_value(item) for item in items(questionnaire)]
    return frame + place + sum(given) + max(len(given) - 1, 0)  # and commas


def check(questionnaire: Questionnaire, answers: Mapping[str, Any], level: str) -> dict[str, Any]:
    """The answers in the form's order, tidied: empty ones left out, choices in the order of the
    options, 3.0 as 3, text without control characters. Raises WrongAnswerError.
    """
    known = {item.name: item for item in items(questionnaire)}
    for name in answers:
        if name not in known:
            raise WrongAnswerError("unknown_item", name)
    tidy: dict[str, Any] = {}
    for name, item in known.items():
        value = answers.get(name)
        if value is not None and (one := _checked(item, value)) not in ("", []):
            tidy[name] = one
    visible = shown(questionnaire, tidy, level)
    for name, item in known.items():
        if name in tidy and item.question not in visible:
            raise WrongAnswerError("hidden", name)
        if name not in tidy and item.required and item.question in visible:
            raise WrongAnswerError("required", name)
    return tidy


def check_one(item: Item, value: Any) -> Any:
    """The answer to one item, tidied as `check` does. Raises WrongAnswerError."""
    return _checked(item, value)


def _longest_value(item: Item) -> int:
    match item.kind:
        case Kind.SINGLE | Kind.MATRIX:
            length = max((len(option.name) + 2 for option in item.options), default=2)
        case Kind.MULTIPLE:
            length = sum(len(option.name) + 3 for option in item.options) + 1
        case Kind.DATE:
            length = len('"2026-12-31"')
        case Kind.SHORT | Kind.LONG:
            length = item.max_length * _BYTES_PER_UNIT + 2
        case Kind.SCALE:
            length = max(len(str(item.low)), len(str(item.high)))
        case _:
            length = _NUMBER_BYTES
    missing = [len(name) + 2 for name, offered in _missing(item).items() if offered]
    return max(length, *missing, 0)


def _missing(item: Item) -> dict[str, bool]:
    return {UNKNOWN: item.unknown, DECLINED: item.declined}


def _checked(item: Item, value: Any) -> Any:
    if isinstance(value, str) and _missing(item).get(value):
        return value
    return _BY_KIND[item.kind](item, value)


def _single(item: Item, value: Any) -> str:
    if not isinstance(value, str):
        raise WrongAnswerError("wrong_type", item.name)
    if value and value not in {option.name for option in item.options}:
        raise WrongAnswerError("unknown_option", item.name)
    return value


def _multiple(item: Item, value: Any) -> list[str]:
    if not isinstance(value, list):
        raise WrongAnswerError("wrong_type", item.name)
    chosen = {_single(item, one) for one in value}
    if "" in chosen or len(chosen) != len(value):
        raise WrongAnswerError("wrong_type", item.name)
    return [option.name for option in item.options if option.name in chosen]


def _number(item: Item, value: Any) -> Any:
    number = value
    if isinstance(value, float) and value.is_integer():
        number = int(value)
    whole = isinstance(number, int) and not isinstance(number, bool)
    if not whole and (item.whole or not isinstance(number, float) or not math.isfinite(number)):
        raise WrongAnswerError("wrong_type", item.name)
    low = -NUMBER_LIMIT if item.low is None else item.low
    high = NUMBER_LIMIT if item.high is None else item.high
    if not low <= number <= high:
        raise WrongAnswerError("out_of_range", item.name)
    return number


def _date(item: Item, value: Any) -> str:
    if value == "":
        return ""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise WrongAnswerError("wrong_type", item.name)
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise WrongAnswerError("wrong_type", item.name) from None


def _text(item: Item, value: Any) -> str:
    if not isinstance(value, str):
        raise WrongAnswerError("wrong_type", item.name)
    units = value.encode("utf-16-le", "surrogatepass")
    if len(units) // 2 > item.max_length:
        raise WrongAnswerError("too_long", item.name)
    # Half a surrogate pair and control characters can be stored in no database as they are.
    text = units.decode("utf-16-le", "replace")
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


_BY_KIND: dict[Kind, Callable[[Item, Any], Any]] = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.SCALE: _number,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.SHORT: _text,
    Kind.LONG: _text,
}
