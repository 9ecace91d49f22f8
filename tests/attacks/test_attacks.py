"""The short form of `make attack`: one seeded run on each database. The controls are smaller: the
naive one on both, which each attack must find something in, and the one of tokens on SQLite alone.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from tests.attacks.campaign import (
    ALL_CONTROLS,
    LINKED,
    SHORT,
    SHORT_CONTROL,
    Control,
    Findings,
    run,
)
from tests.attacks.catalogue import ALL_KEYS, ON_HAULS, ON_LIVE, TRUSTEE, Attack, on_paper
from tests.attacks.measures import Measure, found, linked
from tests.attacks.naive import Naive
from tests.attacks.product import Product
from tests.conftest import DATABASES

KINDS = [kind for kind in ("SQLite", "PostgreSQL") if kind.lower() in DATABASES]
SEED = 20261125
LONG = bool(os.environ.get("DIALOG_KILLING_RUNS"))
SHORT_CONTROLS: dict[str, Sequence[Control]] = {"SQLite": ALL_CONTROLS, "PostgreSQL": [Naive]}
CONTROLS = {
    kind: ALL_CONTROLS if LONG or len(KINDS) == 1 else SHORT_CONTROLS[kind] for kind in KINDS
}
SHOWN = [
    (kind, attack, variant)
    for kind in KINDS
    for attack in (*ON_HAULS, TRUSTEE)
    for variant in attack.controls
    if variant in {ALL_KEYS, *(control.name for control in CONTROLS[kind])}
]


def everything(kind: str) -> Findings:
    return run(kind, seed=SEED, size=SHORT, control=SHORT_CONTROL, controls=CONTROLS[kind])


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
@pytest.mark.parametrize(
    ("kind", "attack", "variant"), SHOWN, ids=lambda each: getattr(each, "slug", each)
)
def test_the_same_attack_finds_what_is_there_in_a_control(
    runs: dict[str, Future[Findings]], kind: str, attack: Attack, variant: str
) -> None:
    measures = runs[kind].result(timeout=600).measures[variant][attack.slug]
    assert linked(measures) >= LINKED if attack.links else found(measures) > 0


def test_every_attack_is_made_on_all_its_controls_and_on_one_on_each_database() -> None:
    attacks = (*ON_HAULS, TRUSTEE)
    wanted = {(attack.slug, variant) for attack in attacks for variant in attack.controls}
    assert {(attack.slug, variant) for _kind, attack, variant in SHOWN} == wanted
    for kind in KINDS:
        shown = {attack.slug for each, attack, _variant in SHOWN if each == kind}
        assert shown == {attack.slug for attack in attacks}


@pytest.mark.attack
def test_the_numbers_of_the_standards_come_out() -> None:
    assert broken(on_paper()) == []
