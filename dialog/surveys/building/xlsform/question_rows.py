"""Questions as rows of `survey`, with the lists of `choices` and the conditions they need."""

from collections.abc import Iterator

from dialog.core.questionnaire import (
    DECLINED,
    UNKNOWN,
    Condition,
    Item,
    Kind,
    Option,
    Question,
    Text,
    items_of,
)
from dialog.surveys.building.xlsform.choices import OFFERED
from dialog.surveys.building.xlsform.comparing import NotTakenError, Source
from dialog.surveys.building.xlsform.meaning import condition
from dialog.surveys.building.xlsform.names import form_name
from dialog.surveys.building.xlsform.relevance import relevance

Row = dict[str, str]
_TYPES = {
    Kind.SCALE: "range",
    Kind.DATE: "date",
    Kind.SHORT: "text",
    Kind.LONG: "text",
    Kind.INFO: "note",
}


def words(column: str, text: Text) -> Row:
    """The columns of a translated text."""
    found = {f"{column}::Svenska (sv)": text.sv, f"{column}::English (en)": text.en}
    return {heading: one for heading, one in found.items() if one}


class Lists:
    """Lists of choices; questions that offer the same answers share one."""

    def __init__(self) -> None:
        self._names: dict[tuple[tuple[Option, ...], bool, bool], str] = {}

    def name(self, question: Question) -> str:
        key = (question.options, question.unknown, question.declined)
        return self._names.setdefault(key, form_name(question.name))

    def rows(self) -> Iterator[Row]:
        for (options, unknown, declined), name in self._names.items():
            for option in options:
                value = "" if option.value is None else str(option.value)
                row = {"list_name": name, "name": option.name, **words("label", option.text)}
                yield {**row, "dialog_value": value} if value else row
            for offered, is_offered in ((UNKNOWN, unknown), (DECLINED, declined)):
                if is_offered:
                    label = words("label", OFFERED[offered])
                    yield {"list_name": name, "name": offered, **label}


class Conditions:
    """Conditions as `relevant`; kept whole beside it where reading that would not give the same.

    It remembers the items of the rows written so far: conditions look back.
    """

    def __init__(self) -> None:
        self._items: dict[str, Item] = {}

    def remember(self, question: Question) -> None:
        self._items.update({item.name: item for item in items_of(question)})

    def columns(self, show_if: Condition | None) -> Row:
        if show_if is None:
            return {}
        expression = relevance(show_if, self._items)
        row = {"relevant": expression}
        try:
            same = condition(expression, self._sources()) == show_if
        except NotTakenError:
            same = False
        if not same:
            row["dialog_relevant"] = show_if.model_dump_json(exclude_defaults=True)
        return row

    def _sources(self) -> dict[str, Source]:
        return {form_name(name): Source(item, _options(item)) for name, item in self._items.items()}


def question_rows(question: Question, lists: Lists, conditions: Conditions) -> Iterator[Row]:
    """One row, or for a matrix a group."""
    row: Row = {
        "type": _type(question, lists),
        "name": form_name(question.name),
        **words("label", question.text),
        **words("hint", question.help),
        **conditions.columns(question.show_if),
        **_details(question),
    }
    if question.required and question.kind is not Kind.MATRIX:
        row["required"] = "yes"
    if flags := _flags(question):
        row["dialog_flags"] = flags
    yield row
    if question.kind is Kind.MATRIX:
        for line in question.rows:
            inner = {"type": f"select_one {lists.name(question)}", "name": form_name(line.name)}
            inner |= words("label", line.text)
            inner |= {"required": "yes"} if question.required else {}
            yield {**inner, "dialog_flags": "sensitive"} if line.sensitive else inner
        yield {"type": "end_group", "name": form_name(question.name)}
    conditions.remember(question)


def _type(question: Question, lists: Lists) -> str:
    match question.kind:
        case Kind.SINGLE:
            return f"select_one {lists.name(question)}"
        case Kind.MULTIPLE:
            return f"select_multiple {lists.name(question)}"
        case Kind.MATRIX:
            return "begin_group"
        case Kind.NUMBER:
            return "integer" if question.whole else "decimal"
        case kind:
            return _TYPES[kind]


def _details(question: Question) -> Row:
    kind, row = question.kind, {}
    if kind is Kind.MATRIX:
        row["appearance"] = "table-list"
    if kind is Kind.LONG:
        row["appearance"] = "multiline"
    if kind is Kind.SCALE:
        (item,) = items_of(question)
        row["parameters"] = f"start={item.low} end={item.high} step=1"
        ends = {"low": question.low_text, "high": question.high_text}
        for end, text in ends.items():
            row |= {f"dialog_{end}_sv": text.sv, f"dialog_{end}_en": text.en}
    if kind is Kind.NUMBER:
        limits = ((">=", question.low), ("<=", question.high))
        bounds = [f". {sign} {limit}" for sign, limit in limits if limit is not None]
        row["constraint"] = " and ".join(bounds)
    if kind in {Kind.SHORT, Kind.LONG} and question.max_length is not None:
        row["constraint"] = f"string-length(.) <= {question.max_length}"
    return {heading: text for heading, text in row.items() if text}


def _flags(question: Question) -> str:
    choices = bool(question.options)
    flags = {
        "sensitive": question.sensitive,
        "unknown": question.unknown and not choices,
        "declined": question.declined and not choices,
        "low_default": question.kind is Kind.SCALE and question.low is None,
        "high_default": question.kind is Kind.SCALE and question.high is None,
    }
    return " ".join(flag for flag, is_set in flags.items() if is_set)


def _options(item: Item) -> dict[str, str]:
    if not item.options:
        return {}
    offered = {UNKNOWN: item.unknown, DECLINED: item.declined}
    names = [option.name for option in item.options]
    names += [name for name, is_offered in offered.items() if is_offered]
    return {name: name for name in names}
