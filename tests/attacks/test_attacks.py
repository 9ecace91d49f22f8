"""The short form of `make attack`: one seeded run on each database, the controls smaller."""

from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from tests.attacks.campaign import LINKED, SHORT, SHORT_CONTROL, Findings, run
from tests.attacks.catalogue import ON_HAULS, ON_LIVE, TRUSTEE, Attack, on_paper
from tests.attacks.measures import Measure, found, linked
from tests.attacks.product import Product
from tests.conftest import DATABASES

KINDS = [kind for kind in ("SQLite", "PostgreSQL") if kind.lower() in DATABASES]
SEED = 20261125


def everything(kind: str) -> Findings:
    return run(kind, seed=SEED, size=SHORT, control=SHORT_CONTROL)


@pytest.fixture(scope="session")
def runs() -> Iterator[dict[str, Future[Findings]]]:
    """Both databases at once, each in a process of its own; whoever asks first starts them."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield {kind: pool.submit(everything, kind) for kind in KINDS}


@pytest.fixture(params=KINDS)
def findings(request: pytest.FixtureRequest, runs: dict[str, Future[Findings]]) -> Findings:
    return runs[request.param].result(timeout=600)


def broken(measures: list[Measure]) -> list[str]:
    return [f"{one.name}: {one.value:g} {one.about}" for one in measures if not one.passes]


@pytest.mark.attack
@pytest.mark.parametrize("attack", [*ON_HAULS, *ON_LIVE, TRUSTEE], ids=lambda attack: attack.slug)
def test_an_attacker_with_everything_finds_no_more_than_chance(
    findings: Findings, attack: Attack
) -> None:
    measures = findings.measures[Product.name][attack.slug]
    assert measures
    assert broken(measures) == []


@pytest.mark.attack
@pytest.mark.parametrize("attack", [*ON_HAULS, TRUSTEE], ids=lambda attack: attack.slug)
def test_the_same_attack_finds_what_is_there_in_every_control(
    findings: Findings, attack: Attack
) -> None:
    assert attack.controls
    for variant in attack.controls:
        measures = findings.measures[variant][attack.slug]
        assert linked(measures) >= LINKED if attack.links else found(measures) > 0, variant


@pytest.mark.attack
def test_the_numbers_of_the_standards_come_out() -> None:
    assert broken(on_paper()) == []
