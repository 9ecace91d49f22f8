"""What the pages of result groups show."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import Session

from dialog.core.disclosure.foreseeing import Foresight
from dialog.core.disclosure.joining import ResultGroup
from dialog.surveys import result_groups, result_tables
from dialog.surveys.models import Round
from dialog.surveys.rounds import joining, neighbours
from dialog.surveys.rounds.neighbours import Neighbours, Units

USUAL: Final = 60  # percent who answer, unless the reader counts on another share
BESIDE: Final = (50, 70)  # shown beside it
PAGE: Final = 30


@dataclass(frozen=True)
class Listed:
    """A group as it is listed, declared or proposed."""

    code: str
    name: str
    above: str
    units: list[tuple[str, int]]  # name, how many will be asked
    codes: Units
    people: int
    passes: bool


@dataclass(frozen=True)
class Row:
    """Who gets a result of their own if `percent` answer: without groups, with those declared, and
    with all that is proposed.
    """

    percent: int
    alone: Foresight
    declared: Foresight
    proposed: Foresight


def facts(
    session: Session, *, round_: Round, percent: int, page: int, planning: bool
) -> dict[str, Any]:
    """Everything on the page of a round's groups; its lists show `PAGE` of them at a time. Only who
    is `planning` is shown a proposal.
    """
    found = neighbours.of(session, round_=round_)
    groups = result_groups.of(round_)
    proposed = neighbours.proposal(found, round_=round_, percent=percent) if planning else []
    named = [
        ResultGroup(f"?{number}", joining.name_of(found, units), units)
        for number, units in enumerate(proposed)
    ]
    last = max(1, -(-len(groups) // PAGE))
    page = min(max(page, 1), last)
    shown = groups[PAGE * (page - 1) : PAGE * page]
    return {
        "percent": percent,
        "of_units": result_tables.of(round_).units,
        "people": sum(found.people.values()),
        "rows": _rows(found, round_, percent, groups, named),
        "number": len(groups),
        "joined_units": sum(len(group.units) for group in groups),
        "groups": [_listed(found, round_, percent, group) for group in shown],
        "proposal": [_listed(found, round_, percent, group) for group in named[:PAGE]],
        "proposed": len(proposed),
        "proposed_units": sum(len(units) for units in proposed),
        "places": [(code, _place(found, code)) for code in found.places(groups)],
        "page": page,
        "last": last,
    }


def choices(
    found: Neighbours, *, round_: Round, under: str, percent: int, code: str | None = None
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The units below `under` that may be joined, as (code, label); and those that are in another
    group already, as (name of the unit, name of the group).
    """
    taken = {
        unit: group.name
        for group in result_groups.of(round_)
        if group.code != code
        for unit in group.units
    }
    children = found.children(under)
    free = [(unit, _label(found, round_, unit, percent)) for unit in children if unit not in taken]
    return free, [(found.names[unit], taken[unit]) for unit in children if unit in taken]


def _label(found: Neighbours, round_: Round, unit: str, percent: int) -> str:
    number = found.number(unit)
    words = f"{found.names[unit]} – " + str(ngettext("%(num)s person", "%(num)s personer", number))
    if found.passes(unit, percent=percent, k=round_.k):
        words += ", " + str(_("väntas klara sig själv"))
    return words


def _rows(
    found: Neighbours,
    round_: Round,
    percent: int,
    groups: Sequence[ResultGroup],
    proposed: Sequence[ResultGroup],
) -> list[Row]:
    rows = []
    for share in sorted({percent, *BESIDE}):
        outlook = partial(neighbours.outlook, found, round_=round_, percent=share)
        alone = outlook(groups=())
        declared = outlook(groups=groups) if groups else alone
        with_all = outlook(groups=[*groups, *proposed]) if proposed else declared
        rows.append(Row(share, alone, declared, with_all))
    return rows


def _listed(found: Neighbours, round_: Round, percent: int, group: ResultGroup) -> Listed:
    there = [unit for unit in group.units if unit in found.names]
    above = found.parents[there[0]] if there else None
    return Listed(
        code=group.code,
        name=group.name,
        above=_place(found, above) if above else "",
        units=[(found.names[unit], found.number(unit)) for unit in there],
        codes=group.units,
        people=found.number(*there),
        passes=found.passes(*there, percent=percent, k=round_.k),
    )


def _place(found: Neighbours, unit: str) -> str:
    """Its name, and what it lies in; not the root, which all lie in."""
    above = found.parents[unit]
    if above is None or found.parents[above] is None:
        return found.names[unit]
    return f"{found.names[unit]}, {found.names[above]}"
