"""Joins answers with people over everything that both may stand near: lines of logs, moments,
addresses, transactions, neighbouring bytes of a file.

For each answer, the person is named who was heard of last before it, and who is heard of first
after it. Where time, address and transaction tell nothing, that is right for one answer in all.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from tests.attacks.haul import Haul, Look, Stream
from tests.attacks.listening import Message
from tests.attacks.measures import Measure, hits

MOMENT = re.compile(rb"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)")


def run(haul: Haul) -> Iterator[Measure]:
    for look, stream in haul.opened:
        yield from _near(haul, stream, look.name)
    for look in haul.looks:
        if look.opened:
            yield from _near(haul, _by_transaction(haul, look), look.name)
    for stream in _by_time(haul):
        yield from _near(haul, stream, "in all")


def _by_time(haul: Haul) -> Iterator[Stream]:
    """Everything that has a moment, in one line of time."""
    lines = [(one.moment, _line(one)) for one in haul.heard]
    yield Stream("traffic by time", b"\n".join(line for _moment, line in lines))
    for stream in haul.streams(haul.last):
        if stream.name.startswith("log "):
            lines += _lines_with_moment(stream.data.splitlines())
    lines.sort()
    yield Stream("traffic and all logs by time", b"\n".join(line for _moment, line in lines))


def _near(haul: Haul, stream: Stream, look: str) -> Iterator[Measure]:
    marks = haul.mark_needles.find(stream.data)
    if not marks:
        return
    people = haul.value_needles.find(stream.data)
    places = [offset for offset, _who in people]
    for kind in haul.marks:
        first: dict[str, int] = {}
        for offset, (of_kind, person) in marks:
            if of_kind == kind:
                first.setdefault(person, offset)
        if not first:
            continue
        before = after = 0
        for person, offset in first.items():
            at = bisect_left(places, offset)
            before += at > 0 and people[at - 1][1] == person
            after += at < len(people) and people[at][1] == person
        name = f"{kind} in {stream.name} ({look})"
        yield hits(f"{name} | last heard of before", before, of=len(first))
        yield hits(f"{name} | first heard of after", after, of=len(first))


def _by_transaction(haul: Haul, look: Look) -> Stream:
    """All rows of both databases in the order of the transactions that wrote them, which on
    PostgreSQL are numbered across both.
    """
    rows: list[tuple[int, bytes]] = []
    for stream in haul.streams(look):
        if haul.database == "PostgreSQL" and re.fullmatch(r"rows of \w+\.\w+", stream.name):
            for line in stream.data.splitlines():
                xmin = line.split(b"\t")[-2:-1]
                if xmin and xmin[0].isdigit():
                    rows.append((int(xmin[0]), line))
    rows.sort()
    return Stream("all rows by transaction", b"\n".join(line for _xmin, line in rows))


def _line(one: Message) -> bytes:
    """Who it came from or went to, and all of it."""
    return f"{one.address} {one.origin} ".encode() + one.head + b" " + one.body


def _lines_with_moment(lines: Sequence[bytes]) -> Iterator[tuple[float, bytes]]:
    moment = 0.0
    for line in lines:  # a line without belongs to the one before
        if found := MOMENT.search(line[:200]):
            text = f"{found[1].decode()} {found[2].decode()}"
            moment = datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()
        yield moment, line
