"""What an XLSForm expression means here: a condition on earlier answers."""

from collections.abc import Mapping

from dialog.core.questionnaire import DECLINED, LEVEL, UNKNOWN, Condition, Kind, Test, Text
from dialog.surveys.building.xlsform.comparing import (
    TOO_MUCH,
    NotTakenError,
    Source,
    compared,
    equal,
    option_named,
    steps,
    unanswered,
)
from dialog.surveys.building.xlsform.expressions import (
    FLIPPED,
    Call,
    Comparison,
    Joined,
    Literal,
    Node,
    NotUnderstoodError,
    Ref,
    parse,
)

LEVEL_QUESTION = "_dialog_level"  # stands for the respondent's level in a form that we wrote


def condition(expression: str, sources: Mapping[str, Source]) -> Condition:
    """The condition that `relevant` is, over earlier questions by their names in the form.

    Raises NotTakenError.
    """
    try:
        tree = parse(expression)
    except NotUnderstoodError:
        raise NotTakenError(TOO_MUCH) from None
    part = _Meaning(sources).of(tree)
    return part if isinstance(part, Condition) else Condition(parts=(part,))


class _Meaning:
    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.sources = sources

    def of(self, node: Node) -> Test | Condition:
        match node:
            case Joined(mode, parts):
                return _join(mode, [self.of(part) for part in parts])
            case Comparison(Ref(name), op, Literal() | Call() as value):
                return self._compare(name, op, value)
            case Comparison(Literal() | Call() as value, op, Ref(name)):
                return self._compare(name, FLIPPED[op], value)
            case Call("selected", (Ref(name), Literal(text))):
                return self._selected(self._source(name), text)
            case Call("not", (inside,)):
                return self._not(self.of(inside))
        raise NotTakenError(TOO_MUCH)

    def _source(self, name: str) -> Source:
        if name not in self.sources:
            raise NotTakenError(
                Text(
                    sv=f"{name} är ingen tidigare fråga som har tagits med.",
                    en=f"{name} is no earlier question that was taken.",
                )
            )
        return self.sources[name]

    def _selected(self, source: Source, text: str) -> Test:
        if source.item.options:
            return Test(item=source.item.name, values=(option_named(source, text),))
        raise NotTakenError(TOO_MUCH)

    def _compare(self, name: str, op: str, value: Literal | Call) -> Test | Condition:
        text = _text(value)
        if name == LEVEL_QUESTION and op in {"=", "!="}:
            return Test(item=LEVEL, op="is" if op == "=" else "is_not", values=(text,))
        source = self._source(name)
        if text == "" and op in {"=", "!="}:
            answered = Test(item=source.item.name, op="answered")
            return answered if op == "!=" else unanswered(source.item)
        if text in {UNKNOWN, DECLINED} and op in {"=", "!="}:
            return equal(source.item, op, text)
        return compared(source, op, text)

    def _not(self, part: Test | Condition) -> Test | Condition:
        if isinstance(part, Condition):
            mode = "any" if part.mode == "all" else "all"
            return _join(mode, [self._not(inner) for inner in part.parts])
        opposite = {"is": "is_not", "is_not": "is"}.get(part.op)
        if opposite:
            return part.model_copy(update={"op": opposite})
        item = next(s.item for s in self.sources.values() if s.item.name == part.item)
        if part.op == "answered":
            return unanswered(item)
        if item.kind is Kind.SCALE:
            limit = int(part.values[0])
            upwards = part.op == "at_least"
            out = [n for n in steps(item) if (n >= limit if upwards else n <= limit)]
            if out:
                return Test(item=item.name, op="is_not", values=tuple(map(str, out)))
        raise NotTakenError(
            Text(
                sv="not() runt en jämförelse av storlek kan inte tas med: ett tomt svar skulle "
                "räknas på olika sätt.",
                en="not() around a comparison of size cannot be taken: an empty answer would "
                "count in different ways.",
            )
        )


def _join(mode: str, parts: list[Test | Condition]) -> Test | Condition:
    """`a = 1 or a = 2` is one test with two values, and so is `a != 1 and a != 2`."""
    op = "is" if mode == "any" else "is_not"
    joined: list[Test | Condition] = []
    for part in parts:
        last = joined[-1] if joined else None
        if (
            isinstance(part, Test)
            and isinstance(last, Test)
            and (last.item, last.op, part.op) == (part.item, op, op)
        ):
            joined[-1] = last.model_copy(update={"values": last.values + part.values})
        else:
            joined.append(part)
    if len(joined) == 1:
        return joined[0]
    return Condition(mode="any" if mode == "any" else "all", parts=tuple(joined))


def _text(value: Literal | Call) -> str:
    match value:
        case Literal(text) | Call("date", (Literal(text),)):
            return text
    raise NotTakenError(TOO_MUCH)
