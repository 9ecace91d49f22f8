"""The attacks on rounds that are answered with printed codes, and with one open link for all."""

import os
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.attacks import live
from tests.attacks.catalogue import ON_HAULS, ON_LIVE, Attack
from tests.attacks.haul import CLOSED
from tests.attacks.measures import Measure
from tests.attacks.performing import Size, perform
from tests.attacks.product import ByCode, ByLink, Product
from tests.attacks.running import Instance
from tests.attacks.test_attacks import broken
from tests.conftest import DATABASES

SEED = 20261125
SIZE = Size(invited=300, answers=200, seconds=2.0, hours=1)
# In `make test` one database is enough: the sealed pipeline is the same as for personal links.
LONG = bool(os.environ.get("DIALOG_KILLING_RUNS"))
KINDS = [kind for kind in ("SQLite", "PostgreSQL") if kind.lower() in DATABASES][: 2 if LONG else 1]
PLAYS: dict[str, type[Product]] = {"codes": ByCode, "link": ByLink}
# One link for all has no token to a person: that somebody answers twice is what its page says.
LIVE = {"codes": ON_LIVE, "link": [attack for attack in ON_LIVE if attack.slug != "tokens"]}
ATTACKS: list[tuple[str, Attack]] = [(way, one) for way in PLAYS for one in (*ON_HAULS, *LIVE[way])]


@dataclass(frozen=True)
class Found:
    """What one round came to: the measures of each attack, and how many answers it was about."""

    measures: dict[str, list[Measure]]
    answered: int
    stored: int
    orders: list[str]
    took_part: int


def attacked(kind: str, way: str) -> Found:
    on_live: dict[str, list[Measure]] = {}

    def after(ours: Instance) -> None:
        open_ = live.open_round(ours, seed=SEED, access=PLAYS[way].access)
        on_live.update({attack.slug: list(attack.run(open_)) for attack in LIVE[way]})

    with TemporaryDirectory(prefix="dialog-attack-") as name:
        haul = perform(
            PLAYS[way](), kind=kind, seed=SEED, size=SIZE, folder=Path(name), after=after
        )
        measures = {attack.slug: list(attack.run(haul)) for attack in ON_HAULS}
    return Found(
        measures={**measures, **on_live},
        answered=haul.answered,
        stored=sum(1 for row in haul.stored if row.kind == CLOSED),
        orders=[order.name for order in haul.orders],
        took_part=sum(1 for one in haul.participants if one.took_part),
    )


@pytest.fixture(scope="session")
def runs() -> Iterator[dict[tuple[str, str], Future[Found]]]:
    """Both ways in at once, each in a process of its own."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield {(kind, way): pool.submit(attacked, kind, way) for kind in KINDS for way in PLAYS}


@pytest.mark.attack
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("way", "attack"), ATTACKS, ids=lambda each: getattr(each, "slug", each))
def test_an_attacker_finds_no_more_than_chance_whichever_way_people_come_in(
    runs: dict[tuple[str, str], Future[Found]], kind: str, way: str, attack: Attack
) -> None:
    measures = runs[kind, way].result(timeout=600).measures[attack.slug]
    assert measures
    assert broken(measures) == []


@pytest.mark.attack
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", PLAYS)
def test_the_attacker_had_everything_there_is_to_know_of_those_who_came(
    runs: dict[tuple[str, str], Future[Found]], kind: str, way: str
) -> None:
    found = runs[kind, way].result(timeout=600)
    assert found.answered == found.stored == SIZE.answers
    assert found.took_part == SIZE.answers + 5  # two sent what is no answer, three never posted
    assert {"tokens signed", "ballots posted", "hash of the ballot"} <= set(found.orders)
    assert ("number of the invitation" in found.orders) == (way == "codes")
