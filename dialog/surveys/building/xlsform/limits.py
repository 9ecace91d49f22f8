"""What `constraint` and `parameters` say of an answer: its least and greatest value, its length."""

import re
from dataclasses import dataclass

from dialog.surveys.building.xlsform.comparing import TOO_MUCH, NotTakenError, decimal, whole_limits
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

_ITSELF = Ref("")
_LENGTH = Call("string-length", (Ref(""),))


@dataclass(frozen=True)
class Limits:
    """None where there is no limit."""

    low: int | None = None
    high: int | None = None


def number_limits(constraint: str, *, whole: bool) -> Limits:
    """`. >= 0 and . <= 10`. Raises NotTakenError for all that is more than two whole limits."""
    return _limits(constraint, _ITSELF, whole=whole)


def text_length(constraint: str) -> int:
    """`string-length(.) <= 300`. Raises NotTakenError."""
    limits = _limits(constraint, _LENGTH, whole=True)
    if limits.high is None or limits.high < 1 or limits.low is not None:
        raise NotTakenError(TOO_MUCH)
    return limits.high


def range_parameters(parameters: str) -> tuple[float, float, float]:
    """Start, end and step of a `range`, XLSForm's own where they are not given. ValueError."""
    found = dict(re.findall(r"(\w+)\s*=\s*([-\d.]+)", parameters))
    return float(found.get("start", 1)), float(found.get("end", 10)), float(found.get("step", 1))


def _limits(constraint: str, subject: Node, *, whole: bool) -> Limits:
    try:
        tree = parse(constraint)
    except NotUnderstoodError:
        raise NotTakenError(TOO_MUCH) from None
    parts = tree.parts if isinstance(tree, Joined) and tree.mode == "all" else (tree,)
    low: int | None = None
    high: int | None = None
    for part in parts:
        least, most = _limit(part, subject, whole=whole)
        if (least is not None and low is not None) or (most is not None and high is not None):
            raise NotTakenError(TOO_MUCH)
        low, high = low if least is None else least, high if most is None else most
    return Limits(low, high)


def _limit(part: Node, subject: Node, *, whole: bool) -> tuple[int | None, int | None]:
    match part:
        case Comparison(left, op, Literal(text)) if left == subject:
            pass
        case Comparison(Literal(text), op, right) if right == subject:
            op = FLIPPED[op]
        case _:
            raise NotTakenError(TOO_MUCH)
    number = decimal(text)
    if op in {"=", "!="} or (not whole and (op in {"<", ">"} or number != int(number))):
        raise NotTakenError(TOO_MUCH)
    return whole_limits(op, number)
