"""Holds every order in which answers stand against every order that is known of people."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dialog.core.disclosure.coarsening import coarsen
from tests.attacks import chance
from tests.attacks.haul import CLOSED, TEXT, Haul, Order, Stored
from tests.attacks.measures import NEIGHBOURS, Measure, correlation, hits
from tests.attacks.traces import Trace, traces

SHIFTS = range(-2, 3)  # a ballot that is missing moves all after it


def run(haul: Haul) -> Iterator[Measure]:
    found = traces(haul)
    for trace in found:
        for order in haul.orders:
            yield from held_against(trace, order)
    for texts in (trace for trace in found if trace.kind == TEXT):
        for trace in found:
            if trace.kind == CLOSED:  # whose words betray them gives away what they marked
                yield from held_against(texts, Order(trace.name, trace.people))
    for kind in haul.marks:
        rows = [row for row in haul.stored if row.kind == kind]
        for order in haul.orders:
            yield _within_places(haul, kind, rows, order)


def held_against(trace: Trace, order: Order) -> Iterator[Measure]:
    name, n = f"{trace.name} | {order.name}", len(trace.people)
    for way, people in (("", order.people), (", backwards", list(reversed(order.people)))):
        for shift in SHIFTS if order.by_time else (0,):
            moved = f", moved by {shift}" if shift else ""
            found = chance.agreeing(trace.people, people, shift=shift)
            yield hits(f"{name}{way}{moved}", found, of=n)
        together = chance.neighbours(trace.people, people)
        yield hits(f"{name}{way}{NEIGHBOURS}", together, of=n)
    ranked = chance.rank_correlation(trace.people, order.people)
    yield correlation(f"{name}, rank correlation", ranked, of=n)


def _within_places(haul: Haul, kind: str, rows: Sequence[Stored], order: Order) -> Measure:
    """The participation list tells, for each place where answers are stored, who they are from;
    the order is then held against that of each place alone. Chance is one hit for each place.
    """
    took_part = [one for one in haul.participants if one.took_part]
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for one in took_part:
        counts[one.unit, one.level] += 1
    stored_as = coarsen(counts, parents=haul.parents, k=haul.k)
    where = {one.person: stored_as[one.unit, one.level] for one in took_part}
    answers: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for row in rows:
        answers[row.unit, row.level].append(row.person)
    people: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for who in order.people:
        people[where[who]].append(who)
    found = sum(chance.agreeing(answers[place], people.get(place, [])) for place in answers)
    name = f"{kind} at each place | {order.name}"
    return hits(name, found, of=len(rows), expected=float(len(answers)))
