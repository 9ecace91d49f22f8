"""Who asks, and what result pages they would see: by the rules of the pages themselves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from flask_babel import gettext as _

from dialog.core.disclosure.foreseeing import Foresight
from dialog.core.disclosure.joining import ResultGroup, homes, join
from dialog.core.tree import line_of
from dialog.results.reading.reach import Reach
from dialog.surveys import result_groups
from dialog.surveys.models import Round
from dialog.surveys.rounds.neighbours import Neighbours


@dataclass(frozen=True)
class Shown:
    """A unit, or a result group, on whose page the asker may come; and what would stand there."""

    name: str
    words: str
    has_result: bool


@dataclass(frozen=True)
class Ground:
    """The round's units with its result groups, and what is foreseen of them."""

    found: Neighbours
    groups: list[ResultGroup]
    foresight: Foresight

    @cached_property
    def parents(self) -> Mapping[str, str | None]:
        return join(self.found.parents, self.groups)

    @cached_property
    def homes(self) -> Mapping[str, str]:
        return homes(self.parents, self.groups)

    @cached_property
    def names(self) -> Mapping[str, str]:
        return {**self.found.names, **{group.code: group.name for group in self.groups}}

    def above(self, code: str) -> list[str]:
        """What it lies in, the nearest first; groups among them."""
        return line_of(self.parents[code], self.parents)

    def depth(self, code: str) -> int:
        """In the organisation: groups above it do not count."""
        return sum(1 for above in self.above(code) if above in self.found.names)


def ground(found: Neighbours, round_: Round, foresight: Foresight) -> Ground:
    return Ground(found, result_groups.of(round_), foresight)


def reach(ground: Ground, unit: str | None) -> Reach:
    """Of whoever asks: anybody, or (`unit`) the manager of a unit."""
    if unit is None:
        return Reach()
    inside = {unit, *ground.above(unit)} & ground.found.names.keys()
    manager = Reach(inside=frozenset(inside), leads=frozenset({unit}))
    return manager.with_groups({group.code: group.units for group in ground.groups})


def pages(ground: Ground, unit: str | None) -> list[Shown]:
    """The result pages that the asker may see, the highest first."""
    seen = reach(ground, unit)
    codes = [
        code
        for code in ground.names
        if code in ground.parents and seen.sees(code, ground.depth(code), ground.above(code))
    ]
    return [_shown(ground, code) for code in sorted(codes, key=ground.depth)]


def _shown(ground: Ground, code: str) -> Shown:
    has = code in ground.foresight.shown
    return Shown(ground.names[code], _words(ground, code, has=has), has)


def _words(ground: Ground, code: str, *, has: bool) -> str:
    if has:
        return str(_("Väntas få ett resultat"))
    if code in ground.homes:
        group = ground.names[ground.homes[code]]
        return str(_("Inget eget resultat. Redovisas i gruppen ”%(group)s”.", group=group))
    nearest = next((up for up in ground.above(code) if up in ground.foresight.shown), None)
    if nearest is None:
        return str(_("Inget resultat"))
    return str(_("Inget eget resultat. Ingår i %(unit)s.", unit=ground.names[nearest]))


def own_places(ground: Ground, unit: str) -> Iterator[tuple[str, str]]:
    """The (unit, level) at and below a unit where somebody is asked, the highest first."""
    inside = [
        (code, level)
        for code, level in ground.found.people
        if code == unit or unit in ground.above(code)
    ]
    yield from sorted(inside, key=lambda place: (ground.depth(place[0]), place))
