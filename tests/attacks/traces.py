"""In what order answers stand wherever they stand: every file, dump, log and table of the haul."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.attacks.haul import Haul, Stream

ENOUGH = 1 / 3  # of the answers: what holds fewer tells of few


@dataclass(frozen=True)
class Trace:
    """The people whose answers stand somewhere, in the order in which they stand there."""

    name: str
    kind: str  # haul.CLOSED or haul.TEXT
    people: tuple[str, ...]


def traces(haul: Haul) -> list[Trace]:
    """Every different order of answers that any copy shows. The same order in several places is
    one trace, named by the first.
    """
    found: dict[tuple[str, tuple[str, ...]], Trace] = {}
    for _look, stream in haul.opened:
        for trace in in_stream(haul, stream):
            found.setdefault((trace.kind, trace.people), trace)
    return list(found.values())


def in_stream(haul: Haul, stream: Stream) -> Iterator[Trace]:
    first: dict[str, dict[str, int]] = {}
    last: dict[str, dict[str, int]] = {}
    for offset, (kind, person) in haul.mark_needles.find(stream.data):
        first.setdefault(kind, {}).setdefault(person, offset)
        last.setdefault(kind, {})[person] = offset
    for kind, places in first.items():
        if len(places) < len(haul.marks[kind]) * ENOUGH:
            continue
        name = f"{kind} in {stream.name}"
        yield Trace(name, kind, _sorted(places, 0))
        yield Trace(f"{name}, last places", kind, _sorted(last[kind], 0))
        if stream.page:
            yield Trace(f"{name}, pages from their end", kind, _sorted(places, stream.page))


def _sorted(places: dict[str, int], page: int) -> tuple[str, ...]:
    if not page:
        return tuple(sorted(places, key=places.__getitem__))
    return tuple(sorted(places, key=lambda who: (places[who] // page, -places[who])))


def without(people: Sequence[str], others: Sequence[str]) -> list[str]:
    """`people` but for those who are in none of `others`."""
    here = set(others)
    return [who for who in people if who in here]
