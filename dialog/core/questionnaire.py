"""A questionnaire: sections of questions, the scales made of them, and how it is written as JSON.

The JSON form (`dump`, `load`) is the platform's own format: it is what the builder edits, what a
round freezes and hashes, and what the respondent's page reads.
"""

import hashlib
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

UNKNOWN = "_unknown"  # "vet ej / inte aktuellt"
DECLINED = "_declined"  # "vill inte svara"
LEVEL = "@level"  # in a condition: the respondent's level instead of an item's answer
SHORT_LENGTH = 200  # greatest number of characters of a short text, unless told
LONG_LENGTH = 1500  # and of a long one; three of them fit in a ballot
NUMBER_LIMIT = 2**53 - 1  # what a number may be at most (and, negative, at least), unless told
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Part):
    """Words for people, Swedish first; an empty English text falls back on the Swedish."""

    sv: str = ""
    en: str = ""

    def in_language(self, language: str) -> str:
        return (self.en or self.sv) if language == "en" else (self.sv or self.en)

    def __bool__(self) -> bool:
        return bool(self.sv or self.en)


class Kind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    MATRIX = "matrix"  # rows that share one set of options; each row is an item
    SCALE = "scale"  # whole numbers low..high, 0-10 unless told
    NUMBER = "number"
    DATE = "date"
    SHORT = "short"
    LONG = "long"
    INFO = "info"


class Option(Part):
    """One answer to choose. `value` is its number on a scale, None where it has none."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]
    text: Text
    value: int | None = None


class MatrixRow(Part):
    name: Name
    text: Text
    sensitive: bool = False


class Test(Part):
    """True when the item's answer is (for several choices: holds) one of, none of, at least or at
    most `values`; `answered` asks for any answer that is not missing. See core.conditions.
    """

    item: Annotated[str, Field(pattern=r"^(@level|[a-z][a-z0-9_]{0,39})$")]
    op: Literal["is", "is_not", "at_least", "at_most", "answered"] = "is"
    values: tuple[str, ...] = ()


class Condition(Part):
    """All or any of its parts hold; parts may themselves be conditions."""

    mode: Literal["all", "any"] = "all"
    parts: tuple["Test | Condition", ...] = ()


class Question(Part):
    name: Name
    kind: Kind
    text: Text
    help: Text = Text()
    options: tuple[Option, ...] = ()
    rows: tuple[MatrixRow, ...] = ()
    required: bool = False
    unknown: bool = False  # offers "vet ej / inte aktuellt"
    declined: bool = False  # offers "vill inte svara"
    sensitive: bool = False  # k = 20
    show_if: Condition | None = None
    low: int | None = None  # scale and number: least value
    high: int | None = None  # scale and number: greatest value
    low_text: Text = Text()
    high_text: Text = Text()
    whole: bool = False  # number: no decimals
    max_length: int | None = None  # short and long: UTF-16 code units, as browsers count


class Section(Part):
    name: Name
    title: Text
    intro: Text = Text()
    show_if: Condition | None = None
    questions: tuple[Question, ...] = ()


class Scale(Part):
    """A score: the mean of `items`, the `reversed` ones turned round (min + max - x), when at
    least half are answered. `report` "items" means: shown one by one, no score.
    """

    name: Name
    title: Text
    items: tuple[Name, ...]
    reversed: tuple[Name, ...] = ()
    report: Literal["score", "items"] = "score"


class Questionnaire(Part):
    title: Text
    description: Text = Text()
    languages: tuple[Literal["sv", "en"], ...] = ("sv",)
    sections: tuple[Section, ...] = ()
    scales: tuple[Scale, ...] = ()


class Item(Part):
    """What one answer is about: a question, or a row of a matrix. Tables are made of items."""

    name: str
    question: str
    kind: Kind  # never MATRIX or INFO: a matrix row is SINGLE
    text: Text
    options: tuple[Option, ...] = ()
    low: int | None = None
    high: int | None = None
    sensitive: bool = False
    unknown: bool = False
    declined: bool = False
    required: bool = False
    whole: bool = False
    max_length: int = 0  # of a text


_ADAPTER = TypeAdapter(Questionnaire)


def load(data: str | bytes | dict[str, object]) -> Questionnaire:
    """Read the JSON form. Raises pydantic.ValidationError, which lists place and reason."""
    if isinstance(data, dict):
        return _ADAPTER.validate_python(data)
    return _ADAPTER.validate_json(data)


def dump(questionnaire: Questionnaire) -> bytes:
    """The JSON form: UTF-8, fields in a fixed order, the same bytes for equal questionnaires."""
    return _ADAPTER.dump_json(questionnaire, exclude_defaults=True)


def digest(questionnaire: Questionnaire) -> str:
    """SHA-256 of `dump`, in hex."""
    return hashlib.sha256(dump(questionnaire)).hexdigest()


def questions(questionnaire: Questionnaire) -> Iterator[Question]:
    for section in questionnaire.sections:
        yield from section.questions


def items(questionnaire: Questionnaire) -> tuple[Item, ...]:
    """Every item in the order of the form."""
    return tuple(item for question in questions(questionnaire) for item in items_of(question))


def items_of(question: Question) -> Iterator[Item]:
    """The items of one question, with every limit filled in that was left to its default."""
    shared = {
        "question": question.name,
        "options": question.options,
        "unknown": question.unknown,
        "declined": question.declined,
        "required": question.required,
    }
    if question.kind is Kind.MATRIX:
        for row in question.rows:
            sensitive = question.sensitive or row.sensitive
            yield Item(
                name=row.name, kind=Kind.SINGLE, text=row.text, sensitive=sensitive, **shared
            )
    elif question.kind is not Kind.INFO:
        low, high = _limits(question)
        yield Item(
            name=question.name,
            kind=question.kind,
            text=question.text,
            sensitive=question.sensitive,
            low=low,
            high=high,
            whole=question.whole or question.kind is Kind.SCALE,
            max_length=_max_length(question),
            **shared,
        )


def _limits(question: Question) -> tuple[int | None, int | None]:
    if question.kind is not Kind.SCALE:
        return question.low, question.high
    return question.low or 0, 10 if question.high is None else question.high


def _max_length(question: Question) -> int:
    if question.kind not in {Kind.SHORT, Kind.LONG}:
        return 0
    if question.max_length is not None:
        return question.max_length
    return SHORT_LENGTH if question.kind is Kind.SHORT else LONG_LENGTH
