"""The tables that somebody would get, by example: places as they are foreseen, answers invented."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import gettext as _

from dialog.core.disclosure.coarsening import Stored
from dialog.core.disclosure.proposing import PERCENT
from dialog.core.levels import Level
from dialog.core.questionnaire import LEVEL, Item, Kind, Questionnaire, items
from dialog.core.routing import gates
from dialog.organisation.wording import level_name
from dialog.rehearsing.asking import Ground, own_places
from dialog.rehearsing.columns import GROUP, NOTHING, PLACED, UNIT, filled
from dialog.rehearsing.opened import TEXTS
from dialog.rehearsing.paper import Paper, units_gone
from dialog.surveys.models import Round
from dialog.web.i18n import language

ROWS: Final = 4  # in an example of answers
QUESTIONS: Final = 3
MOST: Final = 20  # places that are listed


@dataclass(frozen=True)
class Plan:
    round_: Round
    form: Questionnaire
    opens: date


@dataclass(frozen=True)
class Example:
    head: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Crowd:
    """Those of one unit and level who are asked, where their answers stand, and how many do."""

    place: str
    asked: int
    stored: str
    answers: int


def crowds(ground: Ground, unit: str | None) -> tuple[list[Crowd], int]:
    """For a manager the people of the unit; for anybody those whose answers the fewest share. With
    how many there are, of which `MOST` are listed.
    """
    if unit is None:
        sizes = ground.foresight.hundredths
        every = sorted(ground.found.people, key=lambda p: (sizes[ground.foresight.stored[p]], p))
    else:
        every = list(own_places(ground, unit))
    found = [_crowd(ground, place) for place in every[:MOST]]
    return found, len(every)


def _crowd(ground: Ground, place: tuple[str, str]) -> Crowd:
    stored = ground.foresight.stored[place]
    return Crowd(
        place=f"{ground.names[place[0]]}, {_level(place[1])}",
        asked=ground.found.people[place],
        stored=", ".join(filter(None, (_where(ground, stored), _level(stored[1])))),
        answers=ground.foresight.hundredths[stored] // PERCENT,
    )


def smallest(ground: Ground) -> int:
    """The fewest answers that would share a place."""
    sizes = [size for size in ground.foresight.hundredths.values() if size]
    return min(sizes, default=0) // PERCENT


def example(
    paper: Paper, *, plan: Plan, ground: Ground, unit: str | None, day: date
) -> Example | None:
    """The paper's table as it would look on a day; None for what is no table."""
    if paper.columns is None:
        return None
    columns = filled(paper.columns, access=plan.round_.access)
    texts = [item for item in items(plan.form) if item.kind in TEXTS]
    some = gates(plan.form, {LEVEL})  # what only some levels are asked may not be there
    chosen = [item for item in items(plan.form) if item.kind in _CHOSEN and item.name not in some]
    asked = chosen[:QUESTIONS]
    gone = units_gone(plan.round_, day) and paper.name != "list"
    places = _asked(ground, unit) if paper.name == "list" else _stored(ground, unit)
    head: list[str] = []
    for name, column in columns.items():
        head += [_said(item) for item in asked] if name == "answers" else [str(column.words)]
    rows: list[list[str]] = []
    for number, place in enumerate(places):
        row: list[str] = []
        for name, column in columns.items():
            if name == "answers":
                row += [_answer(item, number + at) for at, item in enumerate(asked)]
            elif name == "item":
                row.append(_said(texts[number % len(texts)]))
            elif name in PLACED | {"level"}:
                row.append(NOTHING if gone and name in PLACED else _cell(ground, name, place))
            else:
                early = day < plan.opens and column.before is not None
                row.append(str(column.before if early else column.examples[number % 2]))
        rows.append(row)
    return Example(head, rows)


_CHOSEN: Final = frozenset({Kind.SINGLE, Kind.SCALE})


def _asked(ground: Ground, unit: str | None) -> Sequence[tuple[str | None, str]]:
    every = sorted(ground.found.people) if unit is None else list(own_places(ground, unit))
    return (every * 2)[:2]


def _stored(ground: Ground, unit: str | None) -> list[Stored]:
    """Where answers stand: those of the unit, or the smallest places."""
    sizes = ground.foresight.hundredths
    if unit is None:
        found = sorted(
            (place for place in sizes if sizes[place]),
            key=lambda place: (sizes[place], place[0] or "", place[1]),
        )
    else:
        found = list(
            dict.fromkeys(ground.foresight.stored[place] for place in own_places(ground, unit))
        )
    return (found * ROWS)[:ROWS] if found else []


def _cell(ground: Ground, name: str, place: tuple[str | None, str]) -> str:
    unit, level = place
    group = unit if unit is not None and unit not in ground.found.names else None
    if name == "level":
        return _level(level) or NOTHING
    if name == GROUP:
        return ground.names[group] if group else NOTHING
    assert name == UNIT
    above = ground.parents[group] if group else unit
    return ground.names[above] if above is not None else NOTHING


def _where(ground: Ground, stored: Stored) -> str:
    return ground.names[stored[0]] if stored[0] is not None else str(_("Utan enhet"))


def _level(level: str) -> str:
    return level_name(Level(level)).lower() if level else ""


def _said(item: Item) -> str:
    return item.text.in_language(language())


def _answer(item: Item, number: int) -> str:
    if item.kind is Kind.SCALE:
        low, high = item.low or 0, item.high or 0
        return str(low + number % (high - low + 1))
    return item.options[number % len(item.options)].text.in_language(language())
