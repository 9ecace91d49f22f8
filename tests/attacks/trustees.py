"""The first three attacks on a round where trustees hold keys, with what betrayed keys tell."""

from collections.abc import Iterator

from tests.attacks import joins, order, places
from tests.attacks.haul import Haul, Order
from tests.attacks.measures import Measure
from tests.attacks.traces import in_stream, without


def run(haul: Haul) -> Iterator[Measure]:
    for attack in (order, joins, places):
        yield from attack.run(haul)
    for stolen in haul.stolen:
        if not stolen.all_keys:
            for trace in in_stream(haul, stolen.stream):
                for known in stolen.orders:
                    yield from order.held_against(trace, known)


def with_all_keys(haul: Haul) -> Iterator[Measure]:
    """The control: whoever has every key links all answers."""
    for stolen in haul.stolen:
        if stolen.all_keys:
            for trace in in_stream(haul, stolen.stream):
                for known in stolen.orders:
                    people = without(known.people, trace.people)
                    yield from order.held_against(trace, Order(known.name, people))
