"""Joins the places where answers are stored with the participation list: whoever knows who took
part must never be left with fewer than k people whose answer it may be.
"""

from collections import Counter
from collections.abc import Iterator

from dialog.core.disclosure.coarsening import Stored, coarsen
from tests.attacks.haul import CLOSED, Haul, Participant
from tests.attacks.measures import Measure, faults


def run(haul: Haul) -> Iterator[Measure]:
    small = [f"{place}: {n} answers" for place, n in haul.places.items() if n < haul.k]
    yield faults("places with fewer than k answers", small, of=len(haul.places))
    beside = {(row.unit, row.level) for row in haul.stored}
    alone = [f"{place}" for place in beside if haul.places[place] < haul.k]
    yield faults("texts at a place with fewer than k answers", alone, of=len(beside))
    took_part = [one for one in haul.participants if one.took_part]
    few = [
        f"{place}: {n} people"
        for place, n in ((place, _people(haul, took_part, place)) for place in haul.places)
        if n < haul.k
    ]
    yield faults("places that fewer than k of those who took part fit", few, of=len(haul.places))
    yield _asked(haul)
    people = _people_by_rule(haul)
    left = [
        f"{place}: {people[place]} people, {haul.places[place]} rows"
        for place in people | haul.places
        if people[place] != haul.places[place]
    ]
    of = len(people | haul.places)
    yield faults("people left by adding up and taking away", left, of=of)


def _people(haul: Haul, took_part: list[Participant], place: tuple[str | None, str]) -> int:
    """How many of those who took part belong to the place or below it."""
    return sum(1 for one in took_part if _fits(haul, one, place))


def _fits(haul: Haul, one: Participant, place: tuple[str | None, str]) -> bool:
    unit, level = place
    at: str | None = one.unit
    while at is not None and at != unit:
        at = haul.parents.get(at)
    return at == unit and level in ("", one.level)


def _asked(haul: Haul) -> Measure:
    """Whoever answers what only some levels are asked is on one of these levels, also where the
    row has no level: fewer than k people who took part must never be left at a row's place.
    """
    by_rule, few, of = _by_rule(haul), [], 0
    for row in haul.stored:
        for item in row.items & haul.asked.keys():
            of += 1
            people = sum(
                n
                for (_unit, level), (at, n) in by_rule.items()
                if at == (row.unit, row.level) and level in haul.asked[item]
            )
            if people < haul.k:
                few.append(f"{row.unit, row.level}: {people} people were asked {item!r}")
    return faults("answers that fewer than k at their place were asked for", few, of=of)


def _people_by_rule(haul: Haul) -> Counter[tuple[str | None, str]]:
    """Where the rule itself puts each one who gave an answer. The stored rows must be just as
    many: a place with fewer rows than people, or more, would set some of them apart from the rest.
    This attacker even knows whose token or ballot came to nothing, as nobody does.
    """
    people: Counter[tuple[str | None, str]] = Counter()
    for at, n in _by_rule(haul).values():
        people[at] += n
    return people


def _by_rule(haul: Haul) -> dict[tuple[str, str], tuple[Stored, int]]:
    """Where the rule puts those of each (unit, level) who gave an answer, and how many they are."""
    gave = set(haul.marks[CLOSED].values())
    counts = Counter((one.unit, one.level) for one in haul.participants if one.person in gave)
    stored_as = coarsen(counts, parents=haul.parents, k=haul.k)
    return {place: (stored_as[place], n) for place, n in counts.items()}
