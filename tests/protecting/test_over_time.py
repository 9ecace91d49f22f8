"""The same responses published again, after corrections and reorganisations: both are attacked."""

import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.protecting import attacker, cases
from tests.protecting.cases import Row
from tests.protecting.test_protect import everybody, published

Moved = tuple[dict[str, str], list[Row]]


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
    for unit in chance.sample(leaves(parents), 3):
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
    for unit in chance.sample(leaves(parents), 3):
        tree[unit] = chance.choice(sorted(above))
    return tree, rows


def rename(parents: dict[str, str], rows: list[Row], chance: random.Random) -> Moved:
    return renamed(parents, rows, {chance.choice(leaves(parents)): "Ny"})


@pytest.mark.parametrize("seed", [1, 6])
@pytest.mark.parametrize("change", [split, merge, move, rename])
def test_a_reorganisation_gives_nobody_away(
    tmp_path: Path, change: Callable[[dict[str, str], list[Row], random.Random], Moved], seed: int
) -> None:
    parents, rows = cases.region(seed)
    tree, now = change(parents, rows, random.Random(seed))
    first, second = again(tmp_path, (parents, rows), (tree, now))
    # Who was where before and is where now; of each place in either release, at each level.
    levels = sorted({row["level"] for row in rows})
    pairs = {(old["unit"], new["unit"]) for old, new in zip(rows, now, strict=True)}
    kinds = {f"{old}>{new}": (old, new) for old, new in pairs}
    classes = sorted((kind, level) for kind in kinds for level in levels)
    before = {(kind, level): (kinds[kind][0], level) for kind, level in classes}
    after = {(kind, level): (kinds[kind][1], level) for kind, level in classes}
    for item in ("q1", "q2"):
        found = attacker.possible([(first, before), (second, after)], ["", item], classes, levels)
        for of in ("", item):
            true = Counter(
                (f"{old['unit']}>{new['unit']}", old["level"])
                for old, new in zip(rows, now, strict=True)
                if not of or old[of]
            )
            for place, (_least, most) in found[of].items():
                assert not true[place] or most >= 10, (of, place, true[place])
    assert second.counts[""]["R", ""] == len(rows)


def test_what_the_split_would_betray_is_hidden_and_only_with_the_earlier_release(
    tmp_path: Path,
) -> None:
    before = {"R": "", "V": "R", "E": "V", "G": "V"}
    after = {"R": "", "V": "R", "E1": "V", "E2": "V", "G": "V"}
    mixed = [
        row
        for unit, n in (("E1", 4), ("E2", 26), ("G", 8), ("V", 30))
        for at in range(n)
        for row in everybody(1, unit, q1=str(at % 4))
    ]
    old = [{**row, "unit": row["unit"][0]} for row in mixed]
    first, second = again(tmp_path, (before, old), (after, mixed))
    assert first.counts[""]["E", ""] == 30
    assert ("E2", "") not in second.counts[""]
    alone = attacker.look(published(tmp_path / "alone", after, mixed))
    assert alone.counts[""]["E2", ""] == 26


def test_the_same_again_is_the_same_bytes_beside_the_earlier_one(tmp_path: Path) -> None:
    parents, rows = cases.region(6)
    again(tmp_path, (parents, rows), (parents, rows))
    first, second = tmp_path / "first" / "out", tmp_path / "second" / "out"
    assert (first / "release.csv").read_bytes() == (second / "release.csv").read_bytes()
    told = json.loads((second / "audit.json").read_bytes())["audited_together_with"]
    assert told == [hashlib.sha256((first / "release.csv").read_bytes()).hexdigest()]


@pytest.mark.parametrize("late", [1, 9])
def test_a_few_late_answers_are_refused_with_the_reason(tmp_path: Path, late: int) -> None:
    parents, rows = cases.region(6)
    first = published(tmp_path / "first", parents, rows)
    more = [*rows, *everybody(late, leaves(parents)[0], q1="3", q2="4")]
    folder = tmp_path / "second"
    folder.mkdir()
    arguments = cases.files(folder, more, parents)
    done = cases.run(*arguments, "--out", folder / "out", "--earlier", first)
    assert "Färre än 10 svar" in str(done.exception)
    assert not (folder / "out").exists()


def test_many_late_answers_show_nowhere_as_few(tmp_path: Path) -> None:
    parents, rows = cases.region(6)
    chance = random.Random(2)
    places = leaves(parents)[:4]
    more = [row for _ in range(14) for row in everybody(1, chance.choice(places), q1="2", q2="5")]
    first, second = again(tmp_path, (parents, rows), (parents, [*rows, *more]))
    assert second.counts[""]["R", ""] == len(rows) + 14
    for item in ("", "q1", "q2"):
        both = attacker.Seen(parents)
        for cell, n in second.counts[item].items():
            if cell in first.counts[item]:
                both.counts[item][cell] = n - first.counts[item][cell]
        assert all(n == 0 or abs(n) >= 10 for n in both.counts[item].values())
        rest = attacker.remainders(both, item)
        assert all(n == 0 or abs(n) >= 10 for (_, level), n in rest.items() if level != "*")


def test_one_answer_that_was_corrected_does_not_show(tmp_path: Path) -> None:
    parents, rows = cases.region(6)
    at = next(n for n, row in enumerate(rows) if row["q1"] == "2")
    corrected = [*rows]
    corrected[at] = {**rows[at], "q1": "5"}
    first, second = again(tmp_path, (parents, rows), (parents, corrected))
    for cell, answers in second.answers.items():
        if cell in first.answers:
            assert answers == first.answers[cell]
    assert second.counts["q2"] == first.counts["q2"]


def test_an_earlier_folder_that_is_no_release_is_told(tmp_path: Path) -> None:
    parents, rows = cases.region(6)
    (tmp_path / "empty").mkdir()
    arguments = cases.files(tmp_path, rows, parents)
    done = cases.run(*arguments, "--out", tmp_path / "out", "--earlier", tmp_path / "empty")
    assert "release.csv" in "\n".join(getattr(done.exception, "faults", ()))
    assert not (tmp_path / "out").exists()
