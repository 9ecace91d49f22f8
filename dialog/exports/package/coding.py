"""From answers to numbers: a variable for each item, one for each option of several choices.

Free texts are left out. An option's number on its scale is its code where all have one, else its
place in the list. "Vet ej" and "vill inte svara" have negative codes that nothing else has.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dialog.core.questionnaire import (
    DECLINED,
    UNKNOWN,
    Item,
    Kind,
    Option,
    Question,
    Questionnaire,
    Text,
    items,
    questions,
)
from dialog.exports.package.variables import (
    Category,
    Dataset,
    Form,
    Value,
    Variable,
    valid_names,
)

FREE_TEXT = frozenset({Kind.SHORT, Kind.LONG})
_UNKNOWN = Text(sv="Vet ej", en="Don't know")
_DECLINED = Text(sv="Vill inte svara", en="Prefer not to answer")
_CHOSEN = (Text(sv="Nej", en="No"), Text(sv="Ja", en="Yes"))


Column = Sequence[Any]  # what each row answered to one item; None where nothing was


def code_answers(
    questionnaire: Questionnaire,
    answers: Iterable[Mapping[str, Any]],
    background: Mapping[str, tuple[Text, Sequence[str]]],
) -> Dataset:
    """`answers` are rows as `core.answers.check` leaves them; they are gone through once, and none
    is kept. See `code_columns`.
    """
    return code_columns(questionnaire, gather(questionnaire, answers), background)


def gather(
    questionnaire: Questionnaire, answers: Iterable[Mapping[str, Any]]
) -> dict[str, list[Any]]:
    """Column by column what is coded, by item: a row as a dict takes ten times the memory."""
    columns: dict[str, list[Any]] = {
        item.name: [] for item in items(questionnaire) if item.kind not in FREE_TEXT
    }
    known: dict[str, str] = {}
    for row in answers:
        for name, column in columns.items():
            value = row.get(name)
            column.append(known.setdefault(value, value) if isinstance(value, str) else value)
    return columns


def code_columns(
    questionnaire: Questionnaire,
    answers: Mapping[str, Column],
    background: Mapping[str, tuple[Text, Sequence[str]]],
) -> Dataset:
    """`background` is what is known besides the answers (unit, level): a label, and a value for
    each row. `answers` are columns by item, see `gather`.
    """
    variables = [
        Variable(name, label, Form.TEXT, quasi=True)
        for name, (label, _column) in background.items()
    ]
    columns: list[Sequence[Value]] = [list(column) for _label, column in background.values()]
    asked = {question.name: question for question in questions(questionnaire)}
    for item in items(questionnaire):
        if item.kind in FREE_TEXT:
            continue
        given = answers[item.name]
        for variable, column in _code(item, asked[item.question], given):
            variables.append(replace(variable, item=item.name))
            columns.append(column)
    names = valid_names(variable.name for variable in variables)
    return Dataset(
        tuple(replace(old, name=name) for name, old in zip(names, variables, strict=True)),
        tuple(columns),
    )


def _code(item: Item, question: Question, given: Column) -> Iterable[tuple[Variable, list[Value]]]:
    match item.kind:
        case Kind.SINGLE:
            yield _single(item, question, given)
        case Kind.MULTIPLE:
            yield from (_choice(item, option, given) for option in item.options)
        case Kind.SCALE:
            yield _scale(item, question, given)
        case Kind.NUMBER:
            yield _number(item, given)
        case Kind.DATE:
            dates = [None if value in {UNKNOWN, DECLINED} else value for value in given]
            yield Variable(item.name, item.text, Form.TEXT, item.text), dates
        case _:
            raise AssertionError(item.kind)


def _single(item: Item, question: Question, given: Column) -> tuple[Variable, list[Value]]:
    numbers = [option.value for option in item.options]
    scored = None not in numbers and len(set(numbers)) == len(numbers)
    codes = {
        option.name: int(option.value or 0) if scored else place
        for place, option in enumerate(item.options, 1)
    }
    valid = tuple(Category(codes[option.name], option.text, option.name) for option in item.options)
    return _coded(
        item, question, valid, [codes.get(value, value) for value in given], ordered=scored
    )


def _scale(item: Item, question: Question, given: Column) -> tuple[Variable, list[Value]]:
    low, high = item.low or 0, item.high or 0
    ends = {low: question.low_text, high: question.high_text}
    valid = tuple(
        Category(step, _end(step, ends.get(step)), str(step)) for step in range(low, high + 1)
    )
    return _coded(item, question, valid, given, ordered=True)


def _end(step: int, text: Text | None) -> Text:
    if not text:
        return Text(sv=str(step), en=str(step))
    return Text(sv=f"{step} {text.sv}".strip(), en=f"{step} {text.en or text.sv}".strip())


def _coded(
    item: Item,
    question: Question,
    valid: tuple[Category, ...],
    given: Column,
    *,
    ordered: bool,
) -> tuple[Variable, list[Value]]:
    missing = _missing(item, {category.code for category in valid})
    codes = {category.name: category.code for category in missing}
    label = item.text
    asked = question.text if question.kind is Kind.MATRIX else item.text
    variable = Variable(item.name, label, Form.CODED, asked, valid + missing, ordered=ordered)
    return variable, [codes.get(value, value) if value is not None else None for value in given]


def _choice(item: Item, option: Option, given: Column) -> tuple[Variable, list[Value]]:
    """Whether one option of several was chosen."""
    valid = tuple(Category(code, text, str(code)) for code, text in enumerate(_CHOSEN))
    missing = _missing(item, {0, 1})
    codes: dict[Any, Value] = {category.name: category.code for category in missing}
    column: list[Value] = [
        int(option.name in value) if isinstance(value, list) else codes.get(value)
        for value in given
    ]
    label = Text(
        sv=f"{item.text.sv} – {option.text.sv}",
        en=f"{item.text.in_language('en')} – {option.text.in_language('en')}",
    )
    name = f"{item.name}_{option.name}"
    return Variable(name, label, Form.CODED, item.text, valid + missing), column


def _number(item: Item, given: Column) -> tuple[Variable, list[Value]]:
    missing = _missing(item, {value for value in given if isinstance(value, int | float)})
    codes: dict[Any, Value] = {category.name: category.code for category in missing}
    column: list[Value] = [codes.get(value, value) for value in given]
    whole = item.whole or all(isinstance(value, int) for value in column if value is not None)
    return Variable(item.name, item.text, Form.NUMBER, item.text, missing, whole=whole), column


def _missing(item: Item, taken: set[Any]) -> tuple[Category, ...]:
    """Codes like -98 and -99 that no value has."""
    base = 100
    while {2 - base, 1 - base} & taken:
        base *= 10
    offered = (
        (UNKNOWN, 2 - base, _UNKNOWN, item.unknown),
        (DECLINED, 1 - base, _DECLINED, item.declined),
    )
    return tuple(
        Category(code, text, name, missing=True) for name, code, text, there in offered if there
    )
