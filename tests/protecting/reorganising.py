"""What may happen to units and answers between two releases, and the attacker who has both."""

import os
import random
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest

from tests.protecting import attacker, cases
from tests.protecting.cases import Row
from tests.protecting.ranges_attacker import widths
from tests.protecting.test_protect import everybody, published
from tests.protecting.test_random_regions import QUARTER

# A few in every test run; `make attack` tries 40 of each (DIALOG_TREES).
SEEDS = range(1, 1 + max(2, int(os.environ.get("DIALOG_TREES", "0")) // 5))
Moved = tuple[dict[str, str], list[Row]]
Change = Callable[[dict[str, str], list[Row], random.Random], Moved]


def again(
    tmp_path: Path, before: Moved, after: Moved, *more: object
) -> tuple[attacker.Seen, attacker.Seen]:
    first = published(tmp_path / "first", *before, *more)
    second = published(tmp_path / "second", *after, "--earlier", first, *more)
    return attacker.look(first), attacker.look(second)


def leaves(parents: dict[str, str]) -> list[str]:
    return [unit for unit in parents if unit not in parents.values()]


def renamed(parents: dict[str, str], rows: list[Row], new: dict[str, str]) -> Moved:
    """Units by other names; two under one name are one unit."""
    tree = {new.get(unit, unit): parent for unit, parent in parents.items()}
    return tree, [{**row, "unit": new.get(row["unit"], row["unit"])} for row in rows]


def split(parents: dict[str, str], rows: list[Row], chance: random.Random) -> Moved:
    """Some units become two, one of them often small."""
    tree, parted = dict(parents), {}
    for unit in chance.sample(leaves(parents), min(3, len(leaves(parents)))):
        parent = tree.pop(unit)
        tree |= {f"{unit}a": parent, f"{unit}b": parent}
        parted[unit] = chance.choice([0.2, 0.5])
    return tree, [
        {**row, "unit": row["unit"] + ("a" if chance.random() < parted[row["unit"]] else "b")}
        if row["unit"] in parted
        else row
        for row in rows
    ]


def merge(parents: dict[str, str], rows: list[Row], chance: random.Random) -> Moved:
    """Two units under one become one with a new name."""
    by_parent: dict[str, list[str]] = {}
    for unit in leaves(parents):
        by_parent.setdefault(parents[unit], []).append(unit)
    new: dict[str, str] = {}
    for parent, units in by_parent.items():
        if len(units) > 1 and chance.random() < 0.6:
            new |= dict.fromkeys(chance.sample(units, 2), f"{parent}+")
    return renamed(parents, rows, new)


def move(parents: dict[str, str], rows: list[Row], chance: random.Random) -> Moved:
    """Some units come under another."""
    above = [parent for parent in set(parents.values()) if parents.get(parent)]
    tree = dict(parents)
    for unit in chance.sample(leaves(parents), min(3, len(leaves(parents)))):
        tree[unit] = chance.choice(sorted(above))
    return tree, rows


def rename(parents: dict[str, str], rows: list[Row], chance: random.Random) -> Moved:
    return renamed(parents, rows, {chance.choice(leaves(parents)): "Ny"})


def close(parents: dict[str, str], rows: list[Row], chance: random.Random) -> Moved:
    """A unit is closed, and its people come to two that are there."""
    units = leaves(parents)
    gone, most, few = chance.sample(units, 3) if len(units) > 2 else (units[0], "R", "R")
    tree = {unit: parent for unit, parent in parents.items() if unit != gone}
    return tree, [
        {**row, "unit": few if chance.random() < 0.15 else most} if row["unit"] == gone else row
        for row in rows
    ]


def found_out(
    first: attacker.Seen,
    second: attacker.Seen,
    old: list[Row],
    new: list[Row],
    possible: Iterable[tuple[str, str]] = (),
) -> list[str]:
    """What both releases together tell of fewer than k people, and of what they answered; to
    somebody who even knows in which units (before, now) nobody was, but for those `possible`.
    """
    told: list[str] = []
    # Who was where before and is where now; of each place in either release, at each level.
    levels = sorted({row["level"] for row in new})
    both = list(zip(old, new, strict=True))
    met = {(a["unit"], b["unit"]) for a, b in both}
    kinds = {f"{before}>{now}": (before, now) for before, now in {*met, *possible}}
    classes = sorted((kind, level) for kind in kinds for level in levels)
    looks = [
        (seen, {(kind, level): (kinds[kind][at], level) for kind, level in classes})
        for at, seen in enumerate((first, second))
    ]
    for item in ("q1", "q2"):
        found = attacker.possible(looks, ["", item], classes, levels)
        for of in ("", item):
            true = Counter(
                (f"{a['unit']}>{b['unit']}", b["level"]) for a, b in both if not of or b[of]
            )
            told += [
                f"{item}/{of} at most {most} in {place}"
                for place, (_least, most) in found[of].items()
                if true[place] and most < 10
            ]
        wide = widths(looks, item, true, 10)
        told += [f"{item} value of {place}" for place, width in wide.items() if width < 1e-6]
        if wide and np.mean(list(wide.values())) < QUARTER:
            told.append(f"{item} ranges too narrow")
    return told


CHANGES = pytest.mark.parametrize("change", [split, merge, move, rename, close])


def reorganised(
    change: Change, seed: int
) -> tuple[dict[str, str], list[Row], dict[str, str], list[Row]]:
    parents, rows = cases.region(seed, depth=2 + seed % 2)
    tree, now = change(parents, rows, random.Random(seed))
    return parents, rows, tree, now


def unit_of(unit: str, n: int, **more: str) -> list[Row]:
    """`n` people of a unit, whose answers differ."""
    return [row for at in range(n) for row in everybody(1, unit, q1=str(at % 4 + 1), **more)]


def asked_on(unit: str, yes: int, no: int, *, was: str = "") -> list[Row]:
    """People of a unit, some of whom say "ja" and are asked on."""
    common = {"unit": unit, "was": was or unit, "level": "staff"}
    return [
        {
            **common,
            "betyg": str(at % 5 + 1),
            "tigit": "ja" if at < yes else "nej",
            "varfor": ("ja", "nej")[at % 2] if at < yes else "",
        }
        for at in range(yes + no)
    ]
