"""Random regions through `dialog protect`, and an attacker who has only its files.

A few in every test run; `make attack` tries 200, each with every k (DIALOG_TREES).
"""

import csv
import os
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from tests.protecting import attacker, cases
from tests.protecting.attacker import Place, Seen
from tests.protecting.cases import LEVELS, Row
from tests.protecting.ranges_attacker import widths
from tests.protecting.test_protect import published

TREES = int(os.environ.get("DIALOG_TREES", "6"))
KS = (5, 10, 20)
QUARTER = 1.0  # of the scale, which goes from 1 to 5
NOTHING = 1e-6


def who(rows: list[Row], item: str = "") -> Counter[Place]:
    """How many are in each place and level, or answered there."""
    return Counter((row["unit"], row["level"]) for row in rows if not item or row[item])


def found_out(
    seen: Seen, parents: dict[str, str], rows: list[Row], k: int, *, exact_only: bool = False
) -> list[str]:
    """Everything that the attacker says about fewer than k people."""
    told: list[str] = []
    classes = [(unit, level) for unit in parents for level in LEVELS]
    same = {one: one for one in classes}
    for item in ("", "q1", "q2"):
        told += [
            f"{item} remainder {place}: {rest}"
            for place, rest in attacker.remainders(seen, item).items()
            if rest < 0 or 0 < rest < k
        ]
    for item in ("q1", "q2"):
        bounds = attacker.possible([(seen, same)], ["", item], classes, list(LEVELS))
        for of in ("", item):
            true = who(rows, of)
            told += [
                f"{item}/{of} at most {most} in {place}"
                for place, (_least, most) in bounds[of].items()
                if true[place] and most < k
            ]
            told += [
                f"{item}/{of} exactly {most} in {place}"
                for place, (least, most) in bounds[of].items()
                if 0 < true[place] < k and least == most
            ]
        wide = widths([(seen, same)], item, who(rows, item), k)
        told += [f"{item} value of {place}" for place, width in wide.items() if width < NOTHING]
        if wide and np.mean(list(wide.values())) < QUARTER and not exact_only:
            told.append(f"{item} ranges too narrow")
    return told


# In the long run each tree with each k, else one after the other.
CASES = [(seed, k) for seed in range(TREES) for k in KS if TREES >= 200 or KS[seed % 3] == k]


@pytest.mark.parametrize(("seed", "k"), CASES)
def test_nobody_finds_a_small_group_in_the_files_of_a_random_region(
    tmp_path: Path, seed: int, k: int
) -> None:
    parents, rows = cases.region(1000 + seed, depth=2 + seed % 2, most=3)
    if len(rows) < k:
        pytest.skip("too few in all")
    out = published(tmp_path, parents, rows, "--k", k)
    assert found_out(attacker.look(out), parents, rows, k) == []


@pytest.mark.parametrize("insiders", [1, 2])
def test_insiders_who_take_their_own_answers_out_still_see_k(tmp_path: Path, insiders: int) -> None:
    parents, rows = cases.region(1001, depth=2, most=3)
    out = published(tmp_path, parents, rows, "--insiders", insiders)
    assert found_out(attacker.look(out), parents, rows, 10 + insiders) == []
    # Some in each published group say what they answered: what is left is still k.
    seen = attacker.look(out)
    for item, counts in seen.counts.items():
        assert all(n - insiders >= 10 for n in counts.values()), item


def careless(
    folder: Path, parents: dict[str, str], rows: list[Row], k: int, *, remainder: bool
) -> Seen:
    """What a tool with a threshold publishes, or one that looks at each table by itself too."""
    folder.mkdir()
    written: list[Row] = []
    below = Seen(parents)
    inside = {unit: below.below(unit) for unit in parents}
    for item in ("", "q1", "q2"):
        shown: dict[Place, list[Row]] = {}
        for unit in parents:
            for level in ("", *LEVELS):
                mine = [
                    row
                    for row in rows
                    if row["unit"] in inside[unit]
                    and level in ("", row["level"])
                    and (not item or row[item])
                ]
                crossed = not level or unit.count(".") <= 1
                if len(mine) >= k and crossed:
                    shown[unit, level] = mine
        if remainder:
            _leave_enough(shown, parents, k)
        for (unit, level), mine in shown.items():
            base = {"unit": unit, "level": level, "item": item, "category": "", "n": str(len(mine))}
            written.append({**base, "share": "", "mean": "", "status": "published"})
            given = Counter(row[item] for row in mine) if item else Counter[str]()
            for answer in map(str, range(1, 6) if item else ()):
                figures = {"category": answer, "n": str(given[answer]), "share": "1", "mean": ""}
                written.append({**base, **figures, "status": "published"})
    header = ["unit", "level", "item", "category", "n", "share", "mean", "status"]
    cases.write(folder / "release.csv", header, written)
    with (folder / "units.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("unit", "parent"), *parents.items()])
    return attacker.look(folder)


def _leave_enough(shown: dict[Place, list[Row]], parents: dict[str, str], k: int) -> None:
    """Hide the smallest part until nothing of 1 to k-1 is left by subtraction in any one table."""
    while True:
        seen = Seen(parents)
        for place, mine in shown.items():
            seen.counts[""][place] = len(mine)
        wrong = [place for place, rest in attacker.remainders(seen).items() if 0 < rest < k]
        if not wrong:
            return
        unit, level = wrong[0]
        parts = [
            place
            for place in shown
            if (place[0] == unit and place[1] and level == "*")
            or (place[0] in seen.below(unit) - {unit} and place[1] == level)
        ]
        del shown[min(parts, key=lambda place: (len(shown[place]), place))]


@pytest.mark.parametrize("remainder", [False, True])
def test_the_same_attacker_finds_out_the_careless(tmp_path: Path, *, remainder: bool) -> None:
    told: list[str] = []
    for seed in range(4):
        parents, rows = cases.region(1000 + seed, depth=3, most=3)
        seen = careless(tmp_path / str(seed), parents, rows, 10, remainder=remainder)
        told += found_out(seen, parents, rows, 10)
    assert any("at most" in one for one in told)
    assert any("remainder" in one for one in told) is not remainder
    assert any("value of" in one for one in told)
    assert any("exactly" in one for one in told)
    assert any("too narrow" in one for one in told) is not remainder
