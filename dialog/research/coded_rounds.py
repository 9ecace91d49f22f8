"""A round's questionnaire, and its opened answers, as coded variables.

`rows` reads responses; nothing but `preparing` may call it. All else that researchers see before an
approval is made of `variables`, which knows no answer.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialog.core.level_names import LEVEL_NAMES
from dialog.core.questionnaire import LEVEL as CONDITION_ON_LEVEL
from dialog.core.questionnaire import Kind, Text, items, load
from dialog.exports.package.coding import Column, code_columns, gather
from dialog.exports.package.variables import Category, Dataset, Form, Variable
from dialog.organisation import queries as organisation
from dialog.surveys.models import Response, Round

UNIT: Final = "unit"
LEVEL: Final = "level"
MANAGERS: Final = "managers"  # managers of every kind, where one kind would be too few
_MANAGERS: Final = Text(sv="Chef", en="Manager")
_BACKGROUND: Final = {
    UNIT: Text(sv="Enhet", en="Unit"),
    LEVEL: Text(sv="Nivå", en="Level"),
}


@dataclass(frozen=True)
class Coded:
    """The variables of a round, and which of them (`background`) people could be recognised by at
    all: besides unit and level, what is asked of the respondent rather than of what they think is
    for a person to choose among `eligible`.
    """

    variables: tuple[Variable, ...]
    sensitive: frozenset[str]

    @property
    def by_name(self) -> dict[str, Variable]:
        return {variable.name: variable for variable in self.variables}

    @property
    def eligible(self) -> tuple[Variable, ...]:
        """What can be made coarser: coded answers and numbers."""
        return tuple(
            variable
            for variable in self.variables
            if variable.name in _BACKGROUND or variable.form is not Form.TEXT
        )

    def offered(self, quasi: Sequence[str]) -> tuple[Variable, ...]:
        """What may leave: what was made coarser, and coded answers. A date, or a number that was
        not made coarser, can have a value that is one person's own.
        """
        return tuple(
            replace(variable, quasi=variable.name in quasi)
            for variable in self.variables
            if variable.name in quasi or variable.form is Form.CODED
        )


def variables(session: Session, *, round_: Round) -> Coded:
    """What the round's questionnaire and the organisation say; no answer is read."""
    empty = _code(round_, gather(load(round_.questionnaire), ()), [], [])
    names = _unit_names(session)
    form = load(round_.questionnaire)
    sensitive = {item.name for item in items(form) if item.sensitive and item.kind is Kind.SINGLE}
    return Coded(
        tuple(_with_words(variable, names) for variable in empty.variables),
        frozenset(variable.name for variable in empty.variables if variable.name in sensitive),
    )


def rows(session: Session, *, round_: Round) -> Dataset:
    """Every opened answer of the round, sorted by nothing: whoever uses this sorts by content."""
    codes = {node.id: node.code for node in organisation.nodes(session, with_closed=True)}
    query = sa.select(col(Response.unit_id), col(Response.level), col(Response.answers)).where(
        col(Response.round_id) == round_.id
    )
    units: list[str] = []
    levels: list[str] = []
    found: Any = session.connection().execute(query.execution_options(yield_per=1000))

    def answers() -> Iterator[Mapping[str, Any]]:  # one row at a time is held, not all of them
        for unit_id, level, given in found:
            units.append(_code_of(unit_id, codes))
            levels.append(level)
            yield json.loads(given)

    columns = gather(load(round_.questionnaire), answers())
    coded = _code(round_, columns, units, levels)
    names = _unit_names(session)
    return Dataset(
        tuple(_with_words(variable, names) for variable in coded.variables), coded.columns
    )


def _code_of(unit_id: UUID | None, codes: Mapping[UUID, str]) -> str:
    return codes[unit_id] if unit_id is not None else ""


def _code(
    round_: Round, answers: Mapping[str, Column], units: list[str], levels: list[str]
) -> Dataset:
    background = {UNIT: (_BACKGROUND[UNIT], units), LEVEL: (_BACKGROUND[LEVEL], levels)}
    return code_columns(load(round_.questionnaire), answers, background)


def _unit_names(session: Session) -> dict[str, str]:
    return {node.code: node.name for node in organisation.nodes(session, with_closed=True)}


def _with_words(variable: Variable, units: Mapping[str, str]) -> Variable:
    """Names of units and levels as the meaning of their codes."""
    if variable.name == UNIT:
        categories = tuple(
            Category(code, Text(sv=name, en=name), code) for code, name in units.items()
        )
    elif variable.name == LEVEL:
        words = {**{level.value: text for level, text in LEVEL_NAMES.items()}, MANAGERS: _MANAGERS}
        categories = tuple(Category(word, text, word) for word, text in words.items())
        return replace(variable, categories=categories, item=CONDITION_ON_LEVEL)
    else:
        return variable
    return replace(variable, categories=categories)


def limits(round_: Round) -> dict[str, tuple[int, int]]:
    """The least and the greatest number that a question takes, where both are set."""
    return {
        item.name: (item.low, item.high)
        for item in items(load(round_.questionnaire))
        if item.kind is Kind.NUMBER and item.low is not None and item.high is not None
    }
