"""From what was measured to what is said: a broken bound is said, and so is a control that held."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.attacks import report
from tests.attacks.campaign import Findings
from tests.attacks.catalogue import ALL
from tests.attacks.databases import KINDS
from tests.attacks.measures import RUNS, Measure, faults, hits
from tests.attacks.product import Product
from tests.attacks.verdicts import failures


def of_product(*, links: bool) -> list[Measure]:
    return [hits("a way", 1, of=300)] if links else [faults("a fault", [], of=10)]


def of_control(*, links: bool) -> list[Measure]:
    return [hits("a way", 299, of=300)] if links else [faults("a fault", ["x"], of=10)]


def all_is_well() -> list[Findings]:
    made = []
    for kind in KINDS:
        measures: dict[str, dict[str, list[Measure]]] = {Product.name: {}}
        for attack in ALL:
            measures[Product.name][attack.slug] = of_product(links=attack.links)
            for variant in attack.controls:
                measures.setdefault(variant, {})[attack.slug] = of_control(links=attack.links)
        made += [Findings(kind, seed, measures) for seed in range(1, RUNS + 1)]
    return made


def with_one(found: list[Findings], variant: str, slug: str, one: Measure) -> list[Findings]:
    """The same with one measure of the last run changed."""
    last = found[-1]
    measures = {**last.measures, variant: {**last.measures[variant], slug: [one]}}
    return [*found[:-1], replace(last, measures=measures)]


def test_when_every_bound_is_kept_nothing_is_said_against_it(tmp_path: Path) -> None:
    assert failures(all_is_well()) == []
    path = tmp_path / "report.md"
    report.write(all_is_well(), runs=RUNS, day=date(2026, 11, 25), path=path)
    text = path.read_text(encoding="utf-8")
    assert report.KEPT in text
    assert "BROKEN" not in text
    assert all(report.rows(text, kind) == report.expected_rows() for kind in KINDS)


@pytest.mark.parametrize(
    ("variant", "slug", "one"),
    [
        (Product.name, "order", hits("a way", 9, of=300)),
        (Product.name, "trustee", hits("a way", 9, of=300)),
        (Product.name, "plaintext", faults("a fault", ["a word in a file"], of=10)),
        ("naive", "plaintext", faults("a fault", [], of=10)),
        ("all keys", "trustee", hits("a way", 200, of=300)),
    ],
)
def test_one_broken_bound_in_one_run_is_said(
    variant: str, slug: str, one: Measure, tmp_path: Path
) -> None:
    found = with_one(all_is_well(), variant, slug, one)
    assert len(failures(found)) == 1
    path = tmp_path / "report.md"
    report.write(found, runs=RUNS, day=date(2026, 11, 25), path=path)
    text = path.read_text(encoding="utf-8")
    assert report.KEPT not in text
    assert failures(found)[0] in text


def test_a_control_may_be_linked_by_either_of_the_linking_attacks() -> None:
    found = with_one(all_is_well(), "naive", "order", hits("a way", 200, of=300))
    assert failures(found) == []
    found = with_one(found, "naive", "joins", hits("a way", 200, of=300))
    assert len(failures(found)) == 1


def test_an_attack_that_was_not_made_is_missed() -> None:
    found = [
        replace(one, measures={**one.measures, Product.name: {
            slug: ones for slug, ones in one.measures[Product.name].items() if slug != "tokens"
        }})
        for one in all_is_well()
    ]  # fmt: skip
    assert [one for one in failures(found) if "tokens was not made" in one]


def test_numbers_survive_being_kept_in_a_file() -> None:
    for one in all_is_well():
        assert Findings.from_json(one.as_json()) == one
