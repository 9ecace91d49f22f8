"""The files of `dialog protect`: units, and responses with a column for each item."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dialog.core.answers import WrongAnswerError, check_one
from dialog.core.conditions import shown
from dialog.core.disclosure.microdata.faults import Fault
from dialog.core.levels import Level
from dialog.core.questionnaire import Item, Kind, Questionnaire, items
from dialog.core.tabulation import Answered
from dialog.exports.delimited import Delimited, read_delimited
from dialog.protecting.wording import fault

UNIT, LEVEL, PARENT = "unit", "level", "parent"
BETWEEN_CHOICES = ";"


@dataclass(frozen=True)
class Was:
    """The column that says in which unit of an earlier release each response was, empty: in none;
    and the units of that release.
    """

    column: str
    units: Collection[str]


@dataclass(frozen=True)
class Responses:
    """The rows of a file of responses, and the columns that are items. `origins` holds the units
    of each row in the earlier releases, if that is told.
    """

    data: Delimited
    names: tuple[str, ...]
    units: tuple[str, ...] = ()
    origins: tuple[tuple[str, ...], ...] = ()

    def levels(self, *, k: int) -> tuple[str, ...]:
        """The levels to publish, in order: the platform's own, if there are no others. Else those
        that k responses have; what is rarer is not even named.
        """
        counted: dict[str, int] = {}
        for level in _codes(self.data, LEVEL):
            counted[level] = counted.get(level, 0) + 1
        counted.pop("", None)
        own = [level.value for level in Level]
        if set(counted) <= set(own):
            return tuple(own)
        common = sorted(level for level, count in counted.items() if count >= k)
        return tuple(sorted(common, key=lambda level: own.index(level) if level in own else -1))


def read_units(content: bytes) -> tuple[dict[str, str | None], list[Fault]]:
    """Each unit's parent, None at the root; and every fault."""
    data, faults = read_delimited(content)
    if data is None:
        return {}, faults
    faults = _missing(data, (UNIT, PARENT))
    if faults:
        return {}, faults
    parents: dict[str, str | None] = {}
    lines: dict[str, int] = {}
    codes, above_them = _codes(data, UNIT), _codes(data, PARENT)
    for unit, parent, line in zip(codes, above_them, data.lines, strict=True):
        if not unit:
            faults.append(fault("empty_unit", line))
        elif unit in parents:
            faults.append(fault("double_unit", line, value=unit))
        else:
            parents[unit], lines[unit] = parent or None, line
    for unit, above in parents.items():
        if above is not None and above not in parents:
            faults.append(fault("unknown_parent", lines[unit], value=above))
    faults += [fault("cycle", lines[unit], value=unit) for unit in _in_cycles(parents)]
    return parents, sorted(faults, key=lambda one: one.line)


def read_responses(
    content: bytes, units: Mapping[str, str | None], was: Sequence[Was] = ()
) -> tuple[Responses | None, list[Fault]]:
    """The rows, if every unit is known and no column is missing; and every fault of that kind.
    `was` is one column for each earlier release.
    """
    data, faults = read_delimited(content)
    if data is None:
        return None, faults
    columns = [one.column for one in was]
    faults = _missing(data, (UNIT, LEVEL, *columns))
    if any(not name.strip() for name in data.header):
        faults.append(fault("no_name"))
    names = tuple(name for name in data.header if name not in (UNIT, LEVEL, *columns))
    if not names:
        faults.append(fault("no_items"))
    if faults:
        return None, faults
    for unit, line in zip(_codes(data, UNIT), data.lines, strict=True):
        if not unit:
            faults.append(fault("empty_unit", line))
        elif unit not in units:
            faults.append(fault("unknown_unit", line, value=unit))
    for one in was:
        faults += [
            fault("unknown_origin", line, column=one.column, value=unit)
            for unit, line in zip(_codes(data, one.column), data.lines, strict=True)
            if unit and unit not in one.units
        ]
    origins = tuple(zip(*(_codes(data, name) for name in columns), strict=True)) if was else ()
    return Responses(data, names, tuple(_codes(data, UNIT)), origins), faults


def read_answers(
    responses: Responses, questionnaire: Questionnaire, faults: list[Fault]
) -> Iterator[Answered]:
    """Each row as (unit, level, answers); what is wrong with one is put into `faults`."""
    asked = [item for item in items(questionnaire) if item.name in responses.names]
    columns = [responses.data.column(item.name) for item in asked]
    units, levels = responses.units, _codes(responses.data, LEVEL)
    known: list[dict[str, Any]] = [{} for _ in asked]
    conditions = any(
        section.show_if or any(question.show_if for question in section.questions)
        for section in questionnaire.sections
    )
    for row, line in enumerate(responses.data.lines):
        answers: dict[str, Any] = {}
        for item, column, values in zip(asked, columns, known, strict=True):
            cell = column[row]
            if cell not in values:
                values[cell] = _parse(item, cell)
            if isinstance(values[cell], WrongAnswerError):
                faults.append(fault("value", line, column=item.name, value=cell))
            elif values[cell] is not None:
                answers[item.name] = values[cell]
        if conditions:
            visible = shown(questionnaire, answers, levels[row])
            faults += [
                fault("hidden", line, column=item.name)
                for item in asked
                if item.name in answers and item.question not in visible
            ]
        yield units[row], levels[row], answers


def absent(responses: Responses, tabulated: Sequence[Item]) -> list[Fault]:
    """A fault for each item that has no column."""
    return [
        fault("missing_column", 1, column=item.name)
        for item in tabulated
        if item.name not in responses.names
    ]


def _codes(data: Delimited, name: str) -> list[str]:
    """A column of codes. Spaces around one are those of a spreadsheet, not of the code."""
    return [cell.strip() for cell in data.column(name)]


def _missing(data: Delimited, wanted: Sequence[str]) -> list[Fault]:
    return [fault("missing_column", 1, column=name) for name in wanted if name not in data.header]


def _parse(item: Item, cell: str) -> Any:
    """The answer in a cell, None for none; a WrongAnswerError, not raised, for a wrong one."""
    text = cell.strip()
    if not text:
        return None
    value: Any = text
    try:
        if item.kind is Kind.MULTIPLE and not text.startswith("_"):
            value = [part.strip() for part in text.split(BETWEEN_CHOICES) if part.strip()]
        elif item.kind in (Kind.SCALE, Kind.NUMBER) and not text.startswith("_"):
            value = float(text.replace(",", "."))
        return check_one(item, value)
    except WrongAnswerError as wrong:
        return wrong
    except ValueError:
        return WrongAnswerError("wrong_type", item.name)


def _in_cycles(parents: Mapping[str, str | None]) -> list[str]:
    """The units that lie under themselves."""
    done: set[str] = set()
    found: list[str] = []
    for unit in parents:
        path: list[str] = []
        at: str | None = unit
        while at is not None and at in parents and at not in done and at not in path:
            path.append(at)
            at = parents[at]
        if at is not None and at in path:
            found += path[path.index(at) :]
        done.update(path)
    return found
