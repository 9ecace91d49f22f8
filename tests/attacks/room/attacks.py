"""What an attacker tries with the copies of a meeting: to ascribe a support or a question to a
person, to find two supports of one person, and to find votes at all.
"""

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import combinations
from uuid import UUID

from tests.attacks import joins
from tests.attacks.haul import Haul, Look, Order, Stream
from tests.attacks.listening import Message
from tests.attacks.measures import Measure, faults, hits
from tests.attacks.order import held_against
from tests.attacks.room.gathering import SUPPORTS, VOTES, Room
from tests.attacks.traces import in_stream, traces

SPENT = ("/rost", "/stod", "/pass", "/fragor/ny", "/kvitto")  # ends of rules that are not logged
DISPOSED = "eight days after"


def order(haul: Haul) -> Iterator[Measure]:
    """Hold every order in which marks stand against every order of people, and against the order
    in which those of another question stand: all act in the same order each time.
    """
    found = traces(haul)
    for trace in found:
        for each in haul.orders:
            yield from held_against(trace, each)
    for one, other in combinations(found, 2):
        if one.kind != other.kind:
            yield from held_against(one, Order(other.name, other.people))


def near(haul: Haul) -> Iterator[Measure]:
    """Name whoever is heard of last before a mark, and first after it."""
    yield from joins.run(haul)


def pairs(haul: Haul) -> Iterator[Measure]:
    """Find two things that one person supported by what is kept of their pass, or a value that is
    known of somebody and gives what is kept.
    """
    for look in haul.looks[1:]:
        kept: dict[str, set[str]] = {}
        for line in _rows(look, "meeting_support"):
            kept.setdefault(line[0], set()).add(line[1])
        shared = [
            mark[:12]
            for one, other in combinations(kept.values(), 2)
            for mark in sorted(one & other)
        ]
        of = sum(map(len, kept.values()))
        yield faults(f"the same mark at two questions ({look.name})", shared, of=of)
        things = [UUID(thing).bytes for thing in kept]
        guessed = {
            sha256(value + thing).hexdigest() for value in haul.values for thing in (*things, b"")
        }
        made = sorted(guessed & {mark for marks in kept.values() for mark in marks})
        yield faults(f"marks made of what is known of people ({look.name})", made, of=len(guessed))


def left(haul: Haul) -> Iterator[Measure]:
    """Find a vote after its poll, and anything at all of passes after they are disposed of."""
    for look in haul.looks[1:]:
        names = (*VOTES, *SUPPORTS) if look.name == DISPOSED else VOTES
        there: set[tuple[str, str]] = set()
        where: dict[tuple[str, str], str] = {}
        for stream in haul.streams(look):
            for _offset, mark in haul.mark_needles.find(stream.data):
                there.add(mark)
                where.setdefault(mark, stream.name)
        found = [f"{kind} in {where[kind, who]}" for kind, who in sorted(there) if kind in names]
        yield faults(
            f"marks that should be gone ({look.name})",
            found,
            of=sum(len(haul.marks[name]) for name in names if name in haul.marks),
        )
        if look.name == DISPOSED:
            tables = ("meeting_key", "meeting_pass", "meeting_slip", "meeting_support")
            rows = [table for table in tables for _row in _rows(look, table)]
            yield faults("rows that should be gone", rows, of=len(tables))


def lines(haul: Haul) -> Iterator[Measure]:
    """Find a line in the applications' logs that tells when somebody voted, supported or asked."""
    told, number = [], 0
    for stream in haul.streams(haul.last):
        if stream.name.startswith("log of the "):
            for line in stream.data.decode().splitlines():
                number += 1
                rule = str(json.loads(line).get("rule", "")) if line.startswith("{") else line
                told += [line] * (rule.endswith(SPENT) or '"mark"' in line)
    yield faults("lines of the logs that tell of a vote, a support or a question", told, of=number)


ATTACKS = {"order": order, "joins": near, "pairs": pairs, "left": left, "lines": lines}
LINKS = ("order", "joins")


def by_operator(room: Room) -> Iterator[Measure]:
    """What does not hold: whoever sees requests as they come knows the address of each vote, and
    whose it is from the pass that was fetched from there.
    """
    who = {browser.source: browser.person for browser in room.browsers}
    for name in (*VOTES, *SUPPORTS):
        marks = room.marks[name]
        yield hits(f"{name}, by address", _seen(room.instance.heard, marks, who), of=len(marks))


def _seen(heard: list[Message], marks: Mapping[bytes, str], who: Mapping[str, str]) -> int:
    right = 0
    for one in heard:
        path = one.line.split(b" ")[1].decode() if one.is_request else ""
        if path.endswith(("/rost", "/stod")):
            pass_ = b64decode(json.loads(one.body)["pass"])
            mark = sha256(pass_ + UUID(path.split("/")[-2]).bytes).hexdigest().encode()
            right += marks.get(mark) == who[one.address]
    return right


def in_log_ahead(haul: Haul, ahead: bytes) -> Iterator[Measure]:
    """What does not hold: PostgreSQL's log of what is to be written has all rows as they came."""
    for trace in in_stream(haul, Stream("WAL", ahead)):
        if trace.kind in SUPPORTS:
            yield from held_against(trace, haul.orders[0])


def _rows(look: Look, table: str) -> Iterator[list[str]]:
    for line in (look.folder / f"rows of staff.{table}").read_text().splitlines():
        yield line.split("\t")
