"""Published answers to a question as equations between unknown numbers of people.

Unknown is how many people of each kind, at each level, gave each answer; people whom no published
figure tells apart are one *cell*. A group with all its counts gives an equation for each answer,
less those of the nearest such groups within it; a coarsened one gives bounds.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

from dialog.auditing.equations import NO_LEVEL, Kind
from dialog.auditing.reading import Cell, Published

People = Mapping[str, Mapping[Kind, int]]  # by item
Group = tuple[int, Cell]  # the number of a release, and a cell of it


@dataclass
class AnswerEquations:
    """`exact` holds (cells, counts) and `bounded` (cells, n, least, most): of these cells together
    each answer was given by so many. `people` (cells, n): so many they are. `sums` (cells, least,
    most): the sum of their numbers. `cells` names where each is, in the last release; `numbers`
    gives the cell of each kind of people.
    """

    answers: list[str]
    cells: list[Cell] = field(default_factory=list)
    numbers: dict[Kind, int] = field(default_factory=dict)
    exact: list[tuple[list[int], list[int]]] = field(default_factory=list)
    bounded: list[tuple[list[int], int, list[int], list[int]]] = field(default_factory=list)
    people: list[tuple[list[int], int]] = field(default_factory=list)
    sums: list[tuple[list[int], float, float]] = field(default_factory=list)


def make_equations(
    releases: Sequence[Published],
    where: Sequence[tuple[str, ...]],
    item: str,
    people: People | None = None,
) -> AnswerEquations | None:
    """None where there are no answers to be counted, or several by each. With `people`, how many
    of each kind answered at each level is known too.
    """
    names = dict.fromkeys(
        name
        for seen in releases
        for (of, _cell), given in seen.answers.items()
        if of == item
        for name in given
    )
    if not names or any(seen.several(item) for seen in releases):
        return None
    found = AnswerEquations(list(names))
    members: dict[Group, list[int]] = defaultdict(list)
    inside: dict[Group, list[int]] = defaultdict(list)
    numbers: dict[Hashable, int] = {}
    kinds = ((units, level) for units in where for level in (*levels_of(releases, item), NO_LEVEL))
    for units, level in kinds if people is None else people[item]:
        nearest = tuple(_nearest(releases, item, units, level))
        coarse = tuple(_coarse(releases, item, units, level))
        alike = (nearest, coarse) if people is None else (units, level)
        number = numbers.setdefault(alike, len(numbers))
        found.numbers[units, level] = number
        if number == len(found.cells):
            found.cells.append((units[-1], level))
            for group in nearest:
                members[group].append(number)
            for group in coarse:
                inside[group].append(number)
            if people is not None:
                found.people.append(([number], people[item][units, level]))
    rest = _remainders(releases, item, found.answers)
    found.exact = [(cells, rest[group]) for group, cells in members.items()]
    for (release, cell), cells in inside.items():
        seen = releases[release]
        n, bounds = seen.counts[item][cell], seen.bounds[item, cell]
        most = [bounds.get(name) == ">=90" for name in found.answers]
        found.bounded.append(
            (
                cells,
                n,
                [ceil(n * 0.9) if nearly else 0 for nearly in most],
                [n if nearly else floor(n * 0.1) for nearly in most],
            )
        )
    return found


def _full(seen: Published, item: str, cell: Cell) -> bool:
    given = seen.answers.get((item, cell), {})
    return bool(given) and None not in given.values()


def levels_of(releases: Sequence[Published], item: str) -> list[str]:
    """The levels that something is published of."""
    return list(dict.fromkeys(at for seen in releases for _, at in seen.counts[item] if at))


def _nearest(
    releases: Sequence[Published], item: str, units: tuple[str, ...], level: str
) -> Iterator[Group]:
    """Of each release the smallest groups with all counts that hold these people: over all levels,
    and at theirs.
    """
    for number, (seen, unit) in enumerate(zip(releases, units, strict=True)):
        for at in ("", level):
            nearest = next((one for one in seen.up(unit) if _full(seen, item, (one, at))), None)
            if nearest is not None:
                yield number, (nearest, at)


def _coarse(
    releases: Sequence[Published], item: str, units: tuple[str, ...], level: str
) -> Iterator[Group]:
    for number, (seen, unit) in enumerate(zip(releases, units, strict=True)):
        for one in seen.up(unit):
            for at in ("", level):
                if seen.bounds.get((item, (one, at))):
                    yield number, (one, at)


def _remainders(
    releases: Sequence[Published], item: str, answers: Sequence[str]
) -> dict[Group, list[int]]:
    """The answers of each group with all counts less those of the nearest such groups within it."""
    rest: dict[Group, list[int]] = {}
    for number, seen in enumerate(releases):
        full = [cell for cell in seen.counts[item] if _full(seen, item, cell)]
        given = {
            cell: [seen.answers[item, cell].get(name) or 0 for name in answers] for cell in full
        }
        rest |= {(number, cell): list(counts) for cell, counts in given.items()}
        for (unit, level), counts in given.items():
            above = (one for one in seen.up(seen.parents[unit]) if (one, level) in given)
            nearest = next(above, None)
            if nearest is not None:
                at = number, (nearest, level)
                rest[at] = [n - less for n, less in zip(rest[at], counts, strict=True)]
    return rest
