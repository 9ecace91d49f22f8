"""Conditions as XLSForm's `relevant`: an expression that means the same there."""

import re
from collections.abc import Mapping

from dialog.core.questionnaire import (
    DECLINED,
    LEVEL,
    UNKNOWN,
    Condition,
    Item,
    Kind,
    Test,
)
from dialog.surveys.building.xlsform.meaning import LEVEL_QUESTION
from dialog.surveys.building.xlsform.names import form_name

NUMBERS = frozenset({Kind.SCALE, Kind.NUMBER})
_UNQUOTABLE = re.compile(r"(\$(?=\{)|')")  # what cannot stand inside '…'


def relevance(condition: Condition, items: Mapping[str, Item]) -> str:
    """The expression. `items` by name; what asks for another item is false()."""
    word = " and " if condition.mode == "all" else " or "
    parts = [
        f"({relevance(part, items)})" if isinstance(part, Condition) else _test(part, items, word)
        for part in condition.parts
    ]
    return word.join(parts) or ("true()" if condition.mode == "all" else "false()")


def _test(test: Test, items: Mapping[str, Item], around: str) -> str:
    item = items.get(test.item)
    if test.item != LEVEL and item is None:
        return "false()"
    if test.op in {"is", "is_not"}:
        word = " or " if test.op == "is" else " and "
        parts = [_equal(test, item, value) for value in test.values]
    elif item is None:
        return "false()"
    elif test.op == "answered":
        word, parts = " and ", _answered(item)
    elif not test.values:
        return "false()"  # a draft: nothing to compare with yet
    elif item.options:
        word, parts = " or ", _options(test, item)
    else:
        sign = ">=" if test.op == "at_least" else "<="
        word, parts = "", [f"${{{form_name(item.name)}}} {sign} {_value(item, test.values[0])}"]
    joined = word.join(parts) or ("false()" if test.op != "is_not" else "true()")
    return f"({joined})" if len(parts) > 1 and word != around else joined


def _equal(test: Test, item: Item | None, value: str) -> str:
    name = LEVEL_QUESTION if item is None else form_name(item.name)
    if item is not None and item.kind is Kind.MULTIPLE:
        found = f"selected(${{{name}}}, {_quoted(value)})"
        return found if test.op == "is" else f"not({found})"
    sign = "=" if test.op == "is" else "!="
    return f"${{{name}}} {sign} {_value(item, value)}"


def _answered(item: Item) -> list[str]:
    offered = {UNKNOWN: item.unknown, DECLINED: item.declined}
    missing = [name for name, is_offered in offered.items() if is_offered]
    ask = Test(item=item.name, op="is_not")
    return [f"${{{form_name(item.name)}}} != ''", *(_equal(ask, item, name) for name in missing)]


def _options(test: Test, item: Item) -> list[str]:
    """XLSForm knows no values of options: the options that have them are named."""
    limit = float(test.values[0])
    ask = Test(item=item.name)
    return [
        _equal(ask, item, option.name)
        for option in item.options
        if option.value is not None
        and (option.value >= limit if test.op == "at_least" else option.value <= limit)
    ]


def _value(item: Item | None, value: str) -> str:
    if value in {UNKNOWN, DECLINED} or item is None:
        return _quoted(value)
    if item.kind in NUMBERS:
        return value
    if item.kind is Kind.DATE:
        return f"date({_quoted(value)})"
    return _quoted(value)


def _quoted(text: str) -> str:
    """XPath 1.0 has no escape: text with both kinds of quotes, or with "${", is put together."""
    if not _UNQUOTABLE.search(text):
        return f"'{text}'"
    if "${" not in text and '"' not in text:
        return f'"{text}"'
    parts = (part for part in _UNQUOTABLE.split(text) if part)
    quoted = (f'"{part}"' if part == "'" else f"'{part}'" for part in parts)
    return f"concat({', '.join(quoted)}, '')"
