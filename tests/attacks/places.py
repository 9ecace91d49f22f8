"""Joins the places where answers are stored with the participation list: whoever knows who took
part must never be left with fewer than k people whose answer it may be.
"""

from collections import Counter
from collections.abc import Iterator

from dialog.core.disclosure.coarsening import coarsen
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


def _people_by_rule(haul: Haul) -> Counter[tuple[str | None, str]]:
    """Where the rule itself puts each one who gave an answer. The stored rows must be just as
    many: a place with fewer rows than people, or more, would set some of them apart from the rest.
    This attacker even knows whose token or ballot came to nothing, as nobody does.
    """
    gave = set(haul.marks[CLOSED].values())
    counts = Counter((one.unit, one.level) for one in haul.participants if one.person in gave)
    stored_as = coarsen(counts, parents=haul.parents, k=haul.k)
    people: Counter[tuple[str | None, str]] = Counter()
    for place, n in counts.items():
        people[stored_as[place]] += n
    return people
