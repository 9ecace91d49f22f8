"""Every attack there is: its place in the promise, what it tries, and which control it must break.

What is promised stands in docs/threat-model.md; `make attack` makes docs/anonymity-report.md.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from tests.attacks import (
    joins,
    lengths,
    order,
    places,
    plaintext,
    sameness,
    shared,
    tokens,
    trustees,
    vectors,
)
from tests.attacks.haul import Haul
from tests.attacks.live import Live
from tests.attacks.measures import Measure

NAIVE, TOKEN_ONLY = "naive", "token only"
ALL_KEYS = "all keys"  # of the trustees and the platform: nothing is promised then


@dataclass(frozen=True)
class Attack:
    """`links`: it ascribes answers to people, and a control must be linked by it."""

    slug: str
    number: int
    tries: str
    links: bool = False
    controls: tuple[str, ...] = ()  # that it is made on as well


@dataclass(frozen=True)
class OnHaul(Attack):
    """After the round, on everything that was copied."""

    run: Callable[[Haul], Iterator[Measure]] = order.run
    controls: tuple[str, ...] = (NAIVE, TOKEN_ONLY)


@dataclass(frozen=True)
class OnLive(Attack):
    """On applications that run."""

    run: Callable[[Live], Iterator[Measure]] = tokens.run


ON_HAULS: Final = (
    OnHaul(
        "order", 1,
        "Match the order in which answers stand (rows, pages, dumps, write-ahead log, logs) with"
        " every order of people that is known",
        links=True, run=order.run,
    ),
    OnHaul(
        "joins", 2,
        "Join answers with people over traffic, logs, addresses, times and transactions",
        links=True, run=joins.run,
    ),
    OnHaul(
        "places", 3, "Join the unit and level of stored answers with the list of who took part",
        run=places.run,
    ),
    OnHaul(
        "plaintext", 4, "Read a planted answer anywhere before the answers are opened",
        run=plaintext.run,
    ),
    OnHaul(
        "shared", 5, "Find a value that an opened answer shares with anything before opening",
        run=shared.run, controls=(NAIVE,),
    ),
    OnHaul("lengths", 6, "Tell answers apart by the length of what is sent", run=lengths.run),
)  # fmt: skip
ON_LIVE: Final = (
    OnLive(
        "sameness", 7,
        "Find a difference between the pages of 50 visitors; hand one of them another key",
        run=sameness.run,
    ),
    OnLive(
        "tokens", 8, "Get two answers out of one invitation, or a token to fit another ballot",
        run=tokens.run,
    ),
)  # fmt: skip
TRUSTEE: Final = OnHaul(
    "trustee", 9,
    "Do 1, 2 and 3 again where two trustees hold keys, with both of these keys; and with the"
    " platform's and either one, read what the other handed in",
    links=True, run=trustees.run, controls=(ALL_KEYS,),
)  # fmt: skip
VECTORS: Final = Attack(
    "vectors", 11, "Find a number of RFC 9474 or RFC 9180 that does not come out"
)
ALL: Final[tuple[Attack, ...]] = (*ON_HAULS, *ON_LIVE, TRUSTEE, VECTORS)


def on_paper() -> list[Measure]:
    return list(vectors.run())
