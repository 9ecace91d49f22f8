"""What a column is called, what its values mean, and which of them are no answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from dialog.core.questionnaire import Text

Value = int | float | str | None
LONGEST_NAME = 32  # Stata's limit; SPSS allows more
# Words that SPSS or Stata keep to themselves.
_RESERVED = frozenset(
    [
        "all",
        "and",
        "byte",
        "by",
        "double",
        "eq",
        "float",
        "ge",
        "gt",
        "if",
        "in",
        "int",
        "le",
        "long",
        "lt",
        "ne",
        "not",
        "or",
        "strl",
        "to",
        "using",
        "with",
    ]
)


_NO_TEXT = Text()


class Form(StrEnum):
    CODED = "coded"  # whole numbers that stand for categories
    NUMBER = "number"
    TEXT = "text"  # published words, not free text: that never leaves


@dataclass(frozen=True)
class Category:
    """A value and its meaning. `name` is what the questionnaire calls it; `missing`: no answer."""

    code: int | str
    text: Text
    name: str = ""
    missing: bool = False


@dataclass(frozen=True)
class Variable:
    """`label` is short, `question` what was asked. `quasi`: people could be recognised by it.
    `item`: whose answers these are, as conditions in the questionnaire call it.
    """

    name: str
    label: Text
    form: Form
    question: Text = _NO_TEXT
    categories: tuple[Category, ...] = ()
    whole: bool = True
    ordered: bool = False
    quasi: bool = False
    item: str = ""

    @property
    def valid(self) -> tuple[Category, ...]:
        return tuple(category for category in self.categories if not category.missing)

    @property
    def missing(self) -> tuple[Category, ...]:
        return tuple(category for category in self.categories if category.missing)


@dataclass(frozen=True)
class Dataset:
    """`columns[i][row]` belongs to `variables[i]`; None where nothing was answered."""

    variables: tuple[Variable, ...]
    columns: tuple[Sequence[Value], ...]

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def column(self, name: str) -> Sequence[Value]:
        return self.columns[self.names.index(name)]

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(variable.name for variable in self.variables)


def valid_names(wanted: Iterable[str]) -> list[str]:
    """A name for each that SPSS, Stata, R and Python all take; no two alike, capitals or not."""
    taken: set[str] = set()
    names = []
    for word in wanted:
        clean = "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in word.lower())
        if not clean[:1].isalpha():
            clean = f"v{clean}"
        if clean in _RESERVED:
            clean = f"{clean}_"
        name, number = clean[:LONGEST_NAME], 1
        while name in taken:
            number += 1
            ending = f"_{number}"
            name = clean[: LONGEST_NAME - len(ending)] + ending
        taken.add(name)
        names.append(name)
    return names
