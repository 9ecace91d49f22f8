"""Questions that only some are asked: an answer to one tells what was made coarser.

Who answers what only managers are asked is a manager, also where the level is published as `*`.
So where rows that look the same are of people who were asked for what they are and of people who
were not, the answers of them all are left out, and have a code that says so. Who was asked then is
the same in a whole group, and no group is smaller than k.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dialog.core.conditions import holds
from dialog.core.disclosure.microdata.hierarchy import SUPPRESSED
from dialog.core.levels import Level
from dialog.core.questionnaire import (
    LEVEL,
    Condition,
    Item,
    Kind,
    Questionnaire,
    Test,
    items,
)
from dialog.core.routing import gates
from dialog.exports.package.mastering import REMOVED
from dialog.exports.package.variables import Category, Dataset, Form, Value, Variable

Outcomes = frozenset[bool]


def marked(
    form: Questionnaire, variables: Sequence[Variable], quasi: Collection[str]
) -> tuple[Variable, ...]:
    """The variables, with a code for answers that were left out where not all are asked."""
    gated = gates(form, {each.item for each in variables if each.name in quasi} - {""})
    return tuple(
        _with_code(each) if each.item in gated and each.name not in quasi else each
        for each in variables
    )


def _with_code(variable: Variable) -> Variable:
    if variable.form is not Form.CODED or code_of_left_out(variable) is not None:
        return variable
    taken = {category.code for category in variable.categories}
    code = next(3 - 10**digits for digits in range(2, 9) if 3 - 10**digits not in taken)
    removed = Category(code, REMOVED, SUPPRESSED, missing=True)
    return replace(variable, categories=(*variable.categories, removed))


def code_of_left_out(variable: Variable) -> Value:
    """The code of answers that were left out; None where there is none."""
    return next((each.code for each in variable.missing if each.name == SUPPRESSED), None)


def quieten(
    form: Questionnaire, rows: Dataset, published: Dataset, quasi: Sequence[str]
) -> tuple[Dataset, dict[str, int]]:
    """`published` without the answers that would tell more of its `quasi` than it says, and in how
    many rows each variable was left out. `rows` are the same rows before they were made coarser.
    """
    names = {variable.item for variable in published.variables if variable.name in quasi}
    gated = gates(form, names - {""})
    asked = {item.name: item for item in items(form)}
    groups = list(zip(*(published.column(name) for name in quasi), strict=True))
    passed = {
        test: _passed(test, _answers(rows, test.item, asked))
        for test in frozenset().union(*gated.values())
    }
    mixed = {gate: _mixed(groups, [passed[test] for test in gate]) for gate in set(gated.values())}
    variables = marked(form, published.variables, quasi)
    columns, left_out = list(published.columns), {}
    for at, variable in enumerate(variables):
        gate = gated.get(variable.item)
        if gate is None or variable.name in quasi or not any(mixed[gate]):
            continue
        code = code_of_left_out(variable)
        columns[at] = [
            code if quiet else value
            for value, quiet in zip(published.columns[at], mixed[gate], strict=True)
        ]
        left_out[variable.name] = sum(mixed[gate])
    return Dataset(variables, tuple(columns)), left_out


def _mixed(groups: Sequence[Any], passed: Sequence[Sequence[Outcomes]]) -> list[bool]:
    """For each row: whether its group has, or may have, rows that pass other tests than it."""
    mixed: set[Any] = set()
    for outcomes in passed:
        found: dict[Any, set[bool]] = defaultdict(set)
        for group, possible in zip(groups, outcomes, strict=True):
            found[group] |= possible
        mixed |= {group for group, possible in found.items() if len(possible) > 1}
    return [group in mixed for group in groups]


def _passed(test: Test, answers: Sequence[tuple[Item | None, Any]]) -> list[Outcomes]:
    """What the test may have come to in each row."""
    known: dict[str, Outcomes] = {}
    for item, value in answers:
        if repr(value) not in known:
            known[repr(value)] = _outcomes(test, item, value)
    return [known[repr(value)] for _item, value in answers]


def _outcomes(test: Test, item: Item | None, value: Any) -> Outcomes:
    condition = Condition(parts=(test,))
    if item is not None:
        given = {} if value is None else {item.name: (item, value)}
        return frozenset({holds(condition, given, "")})
    # A level that too few have is stored as none (core.disclosure.coarsening): it may be any.
    levels = [value] if value in set(Level) else list(Level)
    return frozenset(holds(condition, {}, level) for level in levels)


def _answers(rows: Dataset, name: str, asked: Mapping[str, Item]) -> list[tuple[Item | None, Any]]:
    """The item and what each row answered to it, as conditions compare it; no item for a level."""
    mine = [at for at, variable in enumerate(rows.variables) if variable.item == name]
    if name == LEVEL:
        return [(None, value) for value in rows.columns[mine[0]]]
    item = asked[name]
    if item.kind is Kind.MULTIPLE:
        missing = {each.code: each.name for each in rows.variables[mine[0]].missing}
        cells = zip(*(rows.columns[at] for at in mine), strict=True)
        return [(item, _chosen(item, row, missing)) for row in cells]
    variable = rows.variables[mine[0]]
    words = variable.missing if item.kind in {Kind.SCALE, Kind.NUMBER} else variable.categories
    names = {each.code: each.name for each in words}
    return [(item, names.get(value, value)) for value in rows.columns[mine[0]]]  # type: ignore[arg-type]  # None is no key


def _chosen(item: Item, row: Sequence[Any], missing: Mapping[Any, str]) -> Any:
    if row[0] is None or row[0] in missing:
        return missing.get(row[0])
    return [option.name for option, chosen in zip(item.options, row, strict=True) if chosen]
