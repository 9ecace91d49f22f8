"""What the attacker of one round has, and the truth that his claims are held to.

A person is called by their e-mail address. A *mark* is a value that only one person's answer
holds: of the closed answers a number of twelve digits, of the free text twenty hex digits.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tests.attacks.listening import Message
from tests.attacks.searching import Needles

CLOSED, TEXT = "closed answers", "texts"
PAGE = {"SQLite": 4096, "PostgreSQL": 8192}


@dataclass(frozen=True)
class Stream:
    """Bytes whose order may tell something: a file, a dump, a log, a table in some order.

    `page` is set where what is written later stands earlier within a page of so many bytes.
    """

    name: str
    data: bytes
    page: int = 0


@dataclass(frozen=True)
class Look:
    """Everything as it was at one moment, copied into `folder`. `opened`: the answers may be
    there to be read.
    """

    name: str
    folder: Path
    opened: bool


@dataclass(frozen=True)
class Order:
    """An order of people that the attacker knows. `by_time`: when they did something, so that one
    missing ballot moves all after it.
    """

    name: str
    people: Sequence[str]
    by_time: bool = False


@dataclass(frozen=True)
class Stored:
    """An answer as it is stored in the end, in physical order; `person` is the truth. `items`: what
    of the closed questions has an answer.
    """

    kind: str
    unit: str | None
    level: str
    person: str
    items: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Participant:
    """A line of the participation list: invited, and whether they took part."""

    person: str
    unit: str
    level: str
    took_part: bool


@dataclass(frozen=True)
class Stolen:
    """Answers in an order that only those can read who have keys that were to be destroyed, and
    the orders of people that the same keys tell. `all_keys`: nothing is promised any more.
    """

    stream: Stream
    orders: Sequence[Order]
    all_keys: bool = False


@dataclass(frozen=True)
class Haul:
    """All of one round. `values` are what an attacker knows people by, in every form."""

    variant: str
    database: str
    seed: int
    looks: Sequence[Look]
    heard: Sequence[Message]
    marks: Mapping[str, Mapping[bytes, str]]
    values: Mapping[bytes, str]
    orders: Sequence[Order]
    participants: Sequence[Participant]
    parents: Mapping[str, str | None]
    stored: Sequence[Stored]
    k: int
    stolen: Sequence[Stolen] = ()
    asked: Mapping[str, frozenset[str]] = field(default_factory=dict)  # item: the levels it is for

    @cached_property
    def answered(self) -> int:
        return len(self.marks[CLOSED])

    @cached_property
    def places(self) -> Counter[tuple[str | None, str]]:
        """How many closed answers stand at each (unit, level)."""
        return Counter((row.unit, row.level) for row in self.stored if row.kind == CLOSED)

    @cached_property
    def mark_needles(self) -> Needles[tuple[str, str]]:
        return Needles(
            {
                mark: (kind, person)
                for kind, marks in self.marks.items()
                for mark, person in marks.items()
            }
        )

    @cached_property
    def value_needles(self) -> Needles[str]:
        return Needles(self.values)

    def streams(self, look: Look, *, unlike: Look | None = None) -> Iterator[Stream]:
        """The files of a look; if told so only those that are not the same in another look."""
        for path in sorted(look.folder.iterdir()):
            data = path.read_bytes()
            if unlike is not None:
                before = unlike.folder / path.name
                if before.exists() and before.read_bytes() == data:
                    continue
            yield Stream(path.name, data, PAGE[self.database] if path.name[:5] == "file " else 0)

    @property
    def opened(self) -> Iterator[tuple[Look, Stream]]:
        """All that was copied when answers could be read, each state of a file once."""
        before = self.looks[0]
        for look in (look for look in self.looks if look.opened):
            for stream in self.streams(look, unlike=before):
                yield look, stream
            before = look

    @property
    def last(self) -> Look:
        return self.looks[-1]
