"""What each value that people could be recognised by can be made coarser to, in a round.

Proposed from the organisation, the questionnaire and the numbers that were answered; a person who
knows the values can replace any of them by a file.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlmodel import Session

from dialog.core.disclosure.microdata.bands import Line, flat
from dialog.core.disclosure.microdata.faults import Fault
from dialog.core.disclosure.microdata.hierarchy import SUPPRESSED, Hierarchy, read_hierarchy
from dialog.core.levels import Level
from dialog.exports.package.mastering import spoken
from dialog.exports.package.variables import Dataset, Form, Variable
from dialog.exports.proposing import EMPTY, propose
from dialog.organisation import queries as organisation
from dialog.research.coded_rounds import LEVEL, MANAGERS, UNIT

_LEVEL_GROUPS: Final[Mapping[Level, str]] = {
    Level.MANAGER_3: MANAGERS,
    Level.MANAGER_2: MANAGERS,
    Level.MANAGER_1: MANAGERS,
}


def lines_for(
    session: Session, *, dataset: Dataset, quasi: Sequence[str], given: Mapping[str, Any]
) -> dict[str, list[Line]]:
    """The lines of each hierarchy: those that were `given`, else proposed."""
    parents = organisation.tree(session, with_closed=True)
    return lines_from(dataset=dataset, quasi=quasi, given=given, parents=parents)


def lines_from(
    *,
    dataset: Dataset,
    quasi: Sequence[str],
    given: Mapping[str, Any],
    parents: Mapping[str, str | None],
) -> dict[str, list[Line]]:
    """The same over a tree of units that is known."""
    by_name = {variable.name: variable for variable in dataset.variables}
    return {
        name: [tuple(line) for line in given[name]]
        if given.get(name)
        else _proposed(by_name[name], spoken(by_name[name], dataset.column(name)), parents)
        for name in quasi
    }


def _proposed(
    variable: Variable, said: Sequence[str], parents: Mapping[str, str | None]
) -> list[Line]:
    if variable.name == UNIT:
        return propose([*said, ""], parents)
    if variable.name == LEVEL:
        lines: list[Line] = [
            (level.value, _LEVEL_GROUPS.get(level, level.value), SUPPRESSED) for level in Level
        ]
        return [*lines, ("", EMPTY, SUPPRESSED)]
    if variable.form is Form.NUMBER:
        return _of_numbers(variable, said)
    return flat({category.name for category in variable.categories} | {""})


def _of_numbers(variable: Variable, said: Sequence[str]) -> list[Line]:
    """The numbers in bands; "don't know" and the like stand beside them."""
    missing = {category.name for category in variable.missing}
    lines = propose([*(value for value in said if value not in missing), ""])
    coarser = len(lines[0]) - 2
    return [*lines, *((name, *[EMPTY] * coarser, SUPPRESSED) for name in sorted(missing))]


def read(lines: Mapping[str, Sequence[Line]]) -> tuple[dict[str, Hierarchy], list[Fault]]:
    """The hierarchies of checked lines, or every fault there is."""
    found: dict[str, Hierarchy] = {}
    faults: list[Fault] = []
    for name, each in lines.items():
        hierarchy, wrong = read_hierarchy(name, enumerate(each, 1))
        faults += wrong
        if hierarchy is not None:
            found[name] = hierarchy
    return found, faults


def to_edit(
    session: Session,
    *,
    variable: Variable,
    given: Mapping[str, Any],
    limits: tuple[int, int] | None,
) -> list[Line]:
    """The lines of one variable for a person to edit; no answer is read for them."""
    if given.get(variable.name):
        return [tuple(line) for line in given[variable.name]]
    low, high = limits or (0, 100)
    said = [str(number) for number in range(low, high + 1)] if variable.form is Form.NUMBER else []
    return _proposed(variable, said, organisation.tree(session, with_closed=True))
