"""Single questions of an XLSForm as ours."""

from typing import Any

from pydantic import ValidationError
from pyxform import aliases

from dialog.core.questionnaire import Condition, Kind, Option, Question, Test, Text
from dialog.surveys.building.xlsform.choices import ChoiceLists, Choices
from dialog.surveys.building.xlsform.comparing import NotTakenError
from dialog.surveys.building.xlsform.limits import (
    Limits,
    number_limits,
    range_parameters,
    text_length,
)
from dialog.surveys.building.xlsform.lines import Line, unescaped
from dialog.surveys.building.xlsform.reasons import of_column
from dialog.surveys.building.xlsform.tree import Element

OTHER = "other"
OTHER_OPTION = Option(name=OTHER, text=Text(sv="Annat", en="Other"))
OTHER_TEXT = Text(sv="Annat, vad?", en="Other, please specify")
SIMPLE = {
    **dict.fromkeys(("text", "string", "q string", "add text prompt"), Kind.SHORT),
    "phone number": Kind.SHORT,
    **dict.fromkeys(("integer", "int", "q int", "add integer prompt"), Kind.NUMBER),
    **dict.fromkeys(("decimal", "q decimal", "add decimal prompt"), Kind.NUMBER),
    "percentage": Kind.NUMBER,
    **dict.fromkeys(("date", "q date", "add date prompt"), Kind.DATE),
    **dict.fromkeys(("note", "q note", "add note prompt"), Kind.INFO),
    "range": Kind.SCALE,
}
WORDS = {
    Kind.SINGLE: Text(sv="en fråga med ett val", en="a question of one choice"),
    Kind.MULTIPLE: Text(sv="en fråga med flera val", en="a question of several choices"),
    Kind.MATRIX: Text(sv="en matris", en="a matrix"),
    Kind.SCALE: Text(sv="en skala", en="a scale"),
    Kind.NUMBER: Text(sv="ett tal", en="a number"),
    Kind.DATE: Text(sv="ett datum", en="a date"),
    Kind.SHORT: Text(sv="en kort text", en="a short text"),
    Kind.LONG: Text(sv="en lång text", en="a long text"),
    Kind.INFO: Text(sv="en informationstext", en="information"),
}
MAX_STEPS = 21
_STEP = Text(
    sv="Steget följer inte med: frågan blir ett tal.", en="The step is not taken: it is a number."
)
_DIGITS = Text(
    sv="Att bara siffror godtas följer inte med: frågan blir en kort text.",
    en="That only digits are accepted is not taken: it becomes a short text.",
)


def kind_of(element: Element) -> Kind | None:
    """Our kind of question, None if we have none."""
    if element.select:
        return Kind.MULTIPLE if element.select.several else Kind.SINGLE
    return SIMPLE.get(element.kind)


def question(
    element: Element, kind: Kind, *, name: str, show_if: Condition | None, lists: ChoiceLists
) -> Question:
    """The question; what it cannot hold is marked as left on its line."""
    line = element.line
    line.use("type")
    flags = line.flags()
    details = _details(element, kind, flags, lists)
    text = line.text("label")
    if details.get("kind", kind) is Kind.INFO:
        hint = line.text("hint")
        return Question(name=name, kind=Kind.INFO, text=_joined(text, hint), show_if=show_if)
    return Question(
        name=name,
        text=text,
        help=line.text("hint"),
        required=required(line),
        sensitive="sensitive" in flags,
        show_if=show_if,
        **{"kind": kind, "unknown": "unknown" in flags, "declined": "declined" in flags, **details},
    )


def other_question(of: Question, *, name: str) -> Question:
    """The text that goes with "other"."""
    asks = Condition(parts=(Test(item=of.name, values=(OTHER,)),))
    return Question(name=name, kind=Kind.SHORT, text=OTHER_TEXT, show_if=asks)


def required(line: Line) -> bool:
    """Whether an answer is required; an expression is left to the ledger's closing."""
    meant = aliases.yes_no.get(line.peek("required"))
    if meant is not None:
        line.use("required")
    return bool(meant)


def chosen_from(element: Element, lists: ChoiceLists) -> Choices:
    assert element.select is not None
    return lists.get(element.select.list_name)


def _details(element: Element, kind: Kind, flags: set[str], lists: ChoiceLists) -> dict[str, Any]:
    line = element.line
    if element.select:
        choices = chosen_from(element, lists)
        options = choices.options
        if element.select.other and OTHER not in choices.names:
            options = (*options, OTHER_OPTION)
        return {"options": options, "unknown": choices.unknown, "declined": choices.declined}
    if kind is Kind.SHORT:
        return _text(element)
    if kind is Kind.NUMBER:
        return _number(element)
    if kind is Kind.SCALE:
        return _scale(line, flags)
    return {}


def _text(element: Element) -> dict[str, Any]:
    line = element.line
    details: dict[str, Any] = {}
    if "multiline" in line.peek("appearance").split():
        line.use("appearance")
        details["kind"] = Kind.LONG
    if element.kind == "phone number":
        line.leave("type", _DIGITS)
    if line.peek("constraint"):
        try:
            details["max_length"] = text_length(line.peek("constraint"))
            line.use("constraint")
        except NotTakenError:
            line.leave("constraint", of_column("constraint"))
    return details


def _number(element: Element) -> dict[str, Any]:
    line = element.line
    whole = element.kind not in {"decimal", "q decimal", "add decimal prompt"}
    limits = Limits(0, 100) if element.kind == "percentage" else Limits()
    if line.peek("constraint"):
        try:
            limits = number_limits(line.peek("constraint"), whole=whole)
            line.use("constraint")
        except NotTakenError:
            line.leave("constraint", of_column("constraint"))
    return {"whole": whole, "low": limits.low, "high": limits.high}


def _scale(line: Line, flags: set[str]) -> dict[str, Any]:
    try:
        start, end, step = range_parameters(line.use("parameters"))
    except ValueError:
        start, end, step = 1, 10, 1
        line.leave("parameters", of_column("parameters"))
    low, high = int(start), int(end)
    if (low, high, step) != (start, end, 1) or not low < high < low + MAX_STEPS:
        line.leave("parameters", _STEP)
        whole = step.is_integer() and (low, high) == (start, end)
        ends = {"low": low, "high": high} if (low, high) == (start, end) and low < high else {}
        return {"kind": Kind.NUMBER, "whole": whole, **ends}
    return {
        "low": None if "low_default" in flags else low,
        "high": None if "high_default" in flags else high,
        "low_text": Text(
            sv=unescaped(line.use("dialog_low_sv")), en=unescaped(line.use("dialog_low_en"))
        ),
        "high_text": Text(
            sv=unescaped(line.use("dialog_high_sv")), en=unescaped(line.use("dialog_high_en"))
        ),
    }


def _joined(text: Text, hint: Text) -> Text:
    return Text(
        sv="\n\n".join(filter(None, (text.sv, hint.sv))),
        en="\n\n".join(filter(None, (text.en, hint.en))),
    )


def saved_condition(written: str) -> Condition | None:
    """The condition that a form of ours keeps whole in dialog_relevant, if it is one."""
    try:
        return Condition.model_validate_json(unescaped(written)) if written else None
    except ValidationError:
        return None
