"""Published means as inequalities between unknown sums of numbers.

A mean has one decimal, so that of n people it says the sum of their numbers to within n × 0.05.
Whatever each of them gave from one end of the scale to the other, together it is as if some had
given the one end and the rest the other, not necessarily whole people: these two are the answers.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

from dialog.auditing.answer_equations import AnswerEquations, Group, People, levels_of
from dialog.auditing.arithmetic import ROUNDED
from dialog.auditing.equations import NO_LEVEL
from dialog.auditing.measures import Ends
from dialog.auditing.reading import Published


def has_means_only(releases: Sequence[Published], item: str) -> bool:
    """Whether nothing but n and a mean is published of it, as of scales and numbers."""
    answers = any(of == item for seen in releases for of, _cell in seen.answers)
    return not answers and any(seen.means[item] for seen in releases)


def make_mean_equations(
    releases: Sequence[Published],
    where: Sequence[tuple[str, ...]],
    item: str,
    ends: Ends,
    people: People | None = None,
) -> AnswerEquations:
    """With `people`, how many of each kind answered at each level is known too."""
    found = AnswerEquations([f"{end:g}" for end in ends])
    members: dict[Group, list[int]] = defaultdict(list)
    numbers: dict[Hashable, int] = {}
    kinds = ((units, level) for units in where for level in (*levels_of(releases, item), NO_LEVEL))
    for units, level in kinds if people is None else people[item]:
        around = tuple(_around(releases, item, units, level))
        number = numbers.setdefault(around if people is None else (units, level), len(numbers))
        found.numbers[units, level] = number
        if number == len(found.cells):
            found.cells.append((units[-1], level))
            for group in around:
                members[group].append(number)
            if people is not None:
                found.people.append(([number], people[item][units, level]))
    for (release, cell), cells in members.items():
        seen = releases[release]
        n, mean = seen.counts[item][cell], seen.means[item].get(cell)
        found.people.append((cells, n))
        if mean is not None:
            found.sums.append((cells, n * (mean - ROUNDED), n * (mean + ROUNDED)))
    return found


def _around(
    releases: Sequence[Published], item: str, units: tuple[str, ...], level: str
) -> Iterator[Group]:
    """All published groups that hold these people."""
    for number, (seen, unit) in enumerate(zip(releases, units, strict=True)):
        for one in seen.up(unit):
            for at in ("", level):
                if (one, at) in seen.counts[item]:
                    yield number, (one, at)
