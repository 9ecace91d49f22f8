"""Single comparisons of an XLSForm expression as tests, by the kind of the question.

A test must mean exactly what the comparison means in XLSForm, or it is not taken. There, an empty
answer compared with `!=` is true and with every other sign false, as in core.conditions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from dialog.core.questionnaire import Condition, Item, Kind, Test, Text

TEXTS = frozenset({Kind.SHORT, Kind.LONG})
TOO_MUCH = Text(
    sv="Uttrycket är mer än Dialog kan läsa.", en="The expression is more than Dialog can read."
)


class NotTakenError(ValueError):
    """An expression that has no exact counterpart; `reason` says which part."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.sv)
        self.reason = reason


@dataclass(frozen=True)
class Source:
    """An earlier question: its item, and our option names by those of the form."""

    item: Item
    options: Mapping[str, str] = field(default_factory=dict)


def compared(source: Source, op: str, text: str) -> Test | Condition:
    """`item op text`, with one of the signs = != < <= > >=. Raises NotTakenError."""
    kind = source.item.kind
    if kind is Kind.SINGLE:
        return _single(source, op, text)
    if kind in {Kind.SCALE, Kind.NUMBER}:
        return _number(source.item, op, text)
    if kind is Kind.DATE:
        return _date(source.item, op, text)
    if kind in TEXTS and op in {"=", "!="}:
        return equal(source.item, op, text)
    if kind is Kind.MULTIPLE:
        raise NotTakenError(
            Text(
                sv=f"{source.item.name} har flera val. Skriv selected(${{{source.item.name}}}, "
                f"'{text}').",
                en=f"{source.item.name} has several choices. Write "
                f"selected(${{{source.item.name}}}, '{text}').",
            )
        )
    raise NotTakenError(TOO_MUCH)


def option_named(source: Source, text: str) -> str:
    if text in source.options:
        return source.options[text]
    raise NotTakenError(
        Text(
            sv=f"{text} är inget av svarsalternativen för {source.item.name}.",
            en=f"{text} is not among the options of {source.item.name}.",
        )
    )


def equal(item: Item, op: str, text: str) -> Test:
    return Test(item=item.name, op="is" if op == "=" else "is_not", values=(text,))


def unanswered(item: Item) -> Test:
    """No answer: not one of all that can be answered, where they can be counted."""
    if item.options:
        values = tuple(option.name for option in item.options)
    elif item.kind is Kind.SCALE:
        values = tuple(str(number) for number in steps(item))
    else:
        raise NotTakenError(
            Text(
                sv=f"Att {item.name} inte har besvarats går inte att fråga efter här.",
                en=f"That {item.name} was not answered cannot be asked for here.",
            )
        )
    return Test(item=item.name, op="is_not", values=values)


def steps(item: Item) -> range:
    assert item.low is not None
    assert item.high is not None
    return range(item.low, item.high + 1)


def _single(source: Source, op: str, text: str) -> Test:
    if op in {"=", "!="}:
        return equal(source.item, op, option_named(source, text))
    limit = decimal(text)
    names = []
    for name, ours in source.options.items():  # XLSForm compares the options' names as numbers
        try:
            number = Decimal(name)
        except InvalidOperation:
            continue
        if _holds(number, op, limit):
            names.append(ours)
    if not names:
        raise NotTakenError(TOO_MUCH)
    return Test(item=source.item.name, values=tuple(names))


def _holds(number: Decimal, op: str, limit: Decimal) -> bool:
    return {"<": number < limit, "<=": number <= limit, ">": number > limit, ">=": number >= limit}[
        op
    ]


def _number(item: Item, op: str, text: str) -> Test | Condition:
    limit = decimal(text)
    if op in {"=", "!="}:
        return equal(item, op, _plain(limit))
    if item.whole:
        least, most = whole_limits(op, limit)
        if least is not None:
            return Test(item=item.name, op="at_least", values=(str(least),))
        return Test(item=item.name, op="at_most", values=(str(most),))
    test = Test(
        item=item.name, op="at_least" if op[0] == ">" else "at_most", values=(_plain(limit),)
    )
    if op in {">=", "<="}:
        return test
    return Condition(parts=(test, Test(item=item.name, op="is_not", values=test.values)))


def whole_limits(op: str, limit: Decimal) -> tuple[int | None, int | None]:
    """The least or the greatest whole number for which `x op limit` holds."""
    down = int(limit.to_integral_value("ROUND_FLOOR"))
    up = int(limit.to_integral_value("ROUND_CEILING"))
    match op:
        case ">=":
            return up, None
        case ">":
            return down + 1, None
        case "<=":
            return None, down
        case _:
            return None, up - 1


def _date(item: Item, op: str, text: str) -> Test:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NotTakenError(TOO_MUCH) from None
    if op in {"=", "!="}:
        return equal(item, op, day.isoformat())
    step = {">": 1, "<": -1}.get(op, 0)
    value = (day + timedelta(days=step)).isoformat()
    return Test(item=item.name, op="at_least" if op[0] == ">" else "at_most", values=(value,))


def decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise NotTakenError(TOO_MUCH) from None
    if not number.is_finite() or abs(number) > 10**15:
        raise NotTakenError(TOO_MUCH)
    return number


def _plain(number: Decimal) -> str:
    """As an answer is written: 3.0 is "3"."""
    return str(int(number)) if number == int(number) else str(float(number))
