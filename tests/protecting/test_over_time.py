"""The same responses published again, after corrections and reorganisations: both are attacked."""

import hashlib
import json
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest

from dialog.core.disclosure.earlier import History
from tests.protecting import attacker, cases
from tests.protecting.cases import Row
from tests.protecting.ranges_attacker import widths
from tests.protecting.test_protect import everybody, form, published
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


@pytest.mark.parametrize("seed", SEEDS)
@CHANGES
def test_a_reorganisation_gives_nobody_away(tmp_path: Path, change: Change, seed: int) -> None:
    parents, rows, tree, now = reorganised(change, seed)
    told = [{**new, "was": old["unit"]} for old, new in zip(rows, now, strict=True)]
    first = published(tmp_path / "first", parents, rows)
    second = published(tmp_path / "second", tree, told, "--earlier", first, "--was", "was")
    seen = attacker.look(first), attacker.look(second)
    assert found_out(*seen, rows, now) == []
    assert seen[1].counts[""]["R", ""] == len(rows)
    assert set(seen[1].parents) == set(tree)


def test_that_nobody_is_at_some_levels_is_known_to_everybody(tmp_path: Path) -> None:
    test_a_reorganisation_gives_nobody_away(tmp_path, split, 209)


@pytest.mark.parametrize(("change", "seed"), [(merge, 9), (split, 13), (move, 27)])
def test_values_are_kept_only_because_both_trees_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Change, seed: int
) -> None:
    test_a_reorganisation_gives_nobody_away(tmp_path, change, seed)
    shutil.rmtree(tmp_path / "second" / "out")
    monkeypatch.setattr(History, "values", lambda *_arguments: ())
    with pytest.raises(AssertionError, match="value of"):
        test_a_reorganisation_gives_nobody_away(tmp_path, change, seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_many_late_answers_that_are_told_apart_give_nobody_away(tmp_path: Path, seed: int) -> None:
    parents, rows = cases.region(seed, depth=2 + seed % 2)
    chance = random.Random(seed)
    late = [
        {**chance.choice(rows), "level": chance.choice(cases.LEVELS), "q2": "5"}
        for _ in range(chance.choice([14, 40]))
    ]
    old = [*rows, *({**row, "unit": ""} for row in late)]
    now = [*rows, *late]
    told = [{**new, "was": before["unit"]} for before, new in zip(old, now, strict=True)]
    first = published(tmp_path / "first", parents, rows)
    second = published(tmp_path / "second", parents, told, "--earlier", first, "--was", "was")
    seen = attacker.look(first), attacker.look(second)
    anywhere = [(before, unit) for unit in parents for before in (unit, "")]
    assert found_out(*seen, old, now, anywhere) == []
    assert seen[1].counts[""]["R", ""] == len(now)


@pytest.mark.parametrize("seed", SEEDS)
@CHANGES
def test_where_the_files_do_not_tell_who_went_where_it_is_refused(
    tmp_path: Path, change: Change, seed: int
) -> None:
    parents, rows, tree, now = reorganised(change, seed)
    first = published(tmp_path / "first", parents, rows)
    (tmp_path / "second").mkdir()
    out = tmp_path / "second" / "out"
    files = cases.files(tmp_path / "second", now, tree)
    done = cases.run(*files, "--out", out, "--earlier", first)
    if done.exit_code:
        assert "--was" in str(done.exception)
        assert change is close or len(parents.keys() - tree.keys()) > 1
        assert not out.exists()
    else:
        assert found_out(attacker.look(first), attacker.look(out), rows, now) == []


def test_releases_that_do_not_know_each_other_are_found_out(
    tmp_path: Path,
) -> None:
    told: list[str] = []
    for seed in range(1, 9):
        parents, rows, tree, now = reorganised(merge if seed % 2 else split, seed)
        first = published(tmp_path / f"{seed}a", parents, rows)
        second = published(tmp_path / f"{seed}b", tree, now)
        told += found_out(attacker.look(first), attacker.look(second), rows, now)
    assert any("at most" in one for one in told)
    assert any("value of" in one for one in told)


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


def unit_of(unit: str, n: int, **more: str) -> list[Row]:
    """`n` people of a unit, whose answers differ."""
    return [row for at in range(n) for row in everybody(1, unit, q1=str(at % 4 + 1), **more)]


def refusal(folder: Path, tree: dict[str, str], rows: list[Row], *more: object) -> str:
    """What is said when these are published beside an earlier release; "" if they were."""
    folder.mkdir(exist_ok=True)
    done = cases.run(*cases.files(folder, rows, tree), "--out", folder / "out", *more)
    assert (done.exit_code == 0) == (folder / "out").exists()
    return (
        "" if done.exit_code == 0 else f"{done.exception} {getattr(done.exception, 'faults', '')}"
    )


def test_people_of_a_closed_unit_are_not_lost_sight_of(tmp_path: Path) -> None:
    before = {"R": "", "A": "R", "B": "R", "C": "R"}
    old = [*unit_of("A", 30), *unit_of("B", 20), *unit_of("C", 40)]
    now = [*unit_of("B", 27), *unit_of("C", 3), *unit_of("B", 20), *unit_of("C", 40)]
    after = {unit: parent for unit, parent in before.items() if unit != "A"}
    first = published(tmp_path / "first", before, old)
    assert "--was" in refusal(tmp_path / "untold", after, now, "--earlier", first)
    told = [{**new, "was": then["unit"]} for then, new in zip(old, now, strict=True)]
    asked = ("--earlier", first, "--was", "was")
    second = attacker.look(published(tmp_path / "told", after, told, *asked))
    assert ("B", "") not in second.counts[""] or ("C", "") not in second.counts[""]


def test_a_late_answer_does_not_hide_behind_a_new_name(tmp_path: Path) -> None:
    before = {"R": "", "A": "R", "C": "R"}
    after = {"R": "", "N": "R", "C": "R"}
    old = [*unit_of("A", 30), *unit_of("C", 40)]
    now = [*unit_of("N", 31), *unit_of("C", 50)]
    first = published(tmp_path / "first", before, old)
    assert "--was" in refusal(tmp_path / "untold", after, now, "--earlier", first)


@pytest.mark.parametrize("told", [False, True])
def test_one_changed_answer_does_not_hide_behind_a_new_name(tmp_path: Path, *, told: bool) -> None:
    before = {"R": "", "A": "R", "C": "R"}
    after = {"R": "", "N": "R", "C": "R"}
    old = [*unit_of("A", 30, q2="3"), *unit_of("C", 40, q2="3")]
    now = [*unit_of("N", 30, q2="3"), *unit_of("C", 40, q2="3")]
    now[0]["q1"] = "4"
    now[35]["q1"] = "4" if now[35]["q1"] != "4" else "1"
    if told:
        now = [{**row, "was": "A" if row["unit"] == "N" else "C"} for row in now]
    first = published(tmp_path / "first", before, old)
    more = ("--was", "was") if told else ()
    second = attacker.look(published(tmp_path / "told", after, now, "--earlier", first, *more))
    assert ("N", "") not in second.counts["q1"]


def test_somebody_taken_out_of_a_closed_unit_does_not_show(tmp_path: Path) -> None:
    before = {"R": "", "A": "R", "C": "R"}
    after = {"R": "", "N": "R", "C": "R"}
    first = published(tmp_path / "first", before, [*unit_of("A", 30), *unit_of("C", 40)])
    now = [
        *({**row, "was": "A"} for row in unit_of("N", 29)),
        *({**row, "was": "C"} for row in unit_of("C", 40)),
        *({**row, "was": ""} for row in unit_of("C", 12)),
    ]
    asked = ("--earlier", first, "--was", "was")
    assert "Färre än 10 svar" in refusal(tmp_path / "told", after, now, *asked)


def test_a_unit_that_the_earlier_release_does_not_know_is_a_fault(tmp_path: Path) -> None:
    before = {"R": "", "A": "R", "B": "R"}
    after = {"R": "", "A1": "R", "A2": "R", "B": "R"}
    first = published(tmp_path / "first", before, [*unit_of("A", 30), *unit_of("B", 40)])
    now = [
        *({**row, "was": "a"} for row in [*unit_of("A1", 26), *unit_of("A2", 4)]),
        *({**row, "was": "B"} for row in unit_of("B", 40)),
    ]
    said = refusal(tmp_path / "told", after, now, "--earlier", first, "--was", "was")
    assert "”a”" in said or "“a”" in said


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


@pytest.mark.parametrize("kind", ["single", "multiple"])
def test_how_many_a_filter_let_on_is_not_found_out_from_two_trees(
    tmp_path: Path, kind: str
) -> None:
    before = {"R": "", "V": "R", "D": "V", "E": "V", "F": "V", "G": "V"}
    after = {"R": "", "V": "R", "D": "V", "E1": "V", "E2": "V", "F": "V", "G": "V"}
    hidden = [*asked_on("D", 7, 20), *asked_on("G", 6, 20), *asked_on("F", 20, 20)]
    now = [*asked_on("E1", 11, 10, was="E"), *asked_on("E2", 4, 10, was="E"), *hidden]
    old = [{**row, "unit": row["was"]} for row in now]
    asked = form(tmp_path)
    asked.write_text(asked.read_text().replace('"single"', f'"{kind}"'))
    more = ("--questionnaire", asked)
    unmarked = [{name: row[name] for name in row if name != "was"} for row in old]
    first = published(tmp_path / "first", before, unmarked, *more)
    assert attacker.look(first).counts["tigit"]["E", ""] == 35
    told = ("--earlier", first, "--was", "was")
    second = attacker.look(published(tmp_path / "second", after, now, *more, *told))
    assert ("E1", "") not in second.counts["tigit"]
    assert ("F", "") in second.counts["tigit"]
    without = [{name: row[name] for name in row if name != "was"} for row in now]
    alone = attacker.look(published(tmp_path / "alone", after, without, *more))
    assert alone.counts["tigit"]["E1", ""] == 21


def alike_parts(first: attacker.Seen, second: attacker.Seen, both: list[tuple[Row, Row]]) -> int:
    """How often what is left of a group of one release, less groups of the other that lie in it (at
    the same level, or at all), is people nearly all of whom gave the same answer.
    """
    looks = [_full(first, 0, both), _full(second, 1, both)]
    found = 0
    for level in ("", *cases.LEVELS):
        then, now = (each[level] for each in looks)
        for wholes, parts in ((then, now), (now, then)):
            for whole in wholes:
                inside = [one for one in parts if one < whole]
                most = [one for one in inside if not any(one < other for other in inside)]
                rest = whole.difference(*most)
                given = Counter(both[at][1]["q1"] for at in rest)
                found += bool(most and rest) and max(given.values()) * 10 >= len(rest) * 9
    return found


def _full(
    seen: attacker.Seen, when: int, both: list[tuple[Row, Row]]
) -> dict[str, set[frozenset[int]]]:
    """By level those who answered in each group of which each answer's count is published."""
    bounds = {(row["unit"], row["level"]) for row in seen.rows if row["share"] in (">=90", "<=10")}
    full: dict[str, set[frozenset[int]]] = {level: set() for level in ("", *cases.LEVELS)}
    for unit, level in seen.counts["q1"].keys() - bounds:
        inside = seen.below(unit)
        full[level].add(
            frozenset(
                at
                for at, pair in enumerate(both)
                if pair[when]["unit"] in inside
                and level in ("", pair[when]["level"])
                and pair[1]["q1"]
            )
        )
    return full


def of_one_mind(seed: int, change: Change) -> tuple[Moved, Moved]:
    """A region where many units are of one mind, before and after a change."""
    parents, rows = cases.region(seed, depth=2 + seed % 2)
    chance = random.Random(seed)
    tree, now = change(parents, rows, chance)
    minds = {unit: chance.choice(["", "", "2", "4"]) for unit in tree}
    for row, moved in zip(rows, now, strict=True):
        if chance.random() < 0.95:
            row["q1"] = moved["q1"] = minds[moved["unit"]] or row["q1"]
    return (parents, rows), (tree, now)


@pytest.mark.parametrize("seed", SEEDS)
@CHANGES
def test_no_group_of_one_mind_is_left_by_subtracting_one_tree_from_another(
    tmp_path: Path, change: Change, seed: int
) -> None:
    (parents, rows), (tree, now) = of_one_mind(seed, change)
    told = [{**new, "was": old["unit"]} for old, new in zip(rows, now, strict=True)]
    first = published(tmp_path / "first", parents, rows)
    second = published(tmp_path / "second", tree, told, "--earlier", first, "--was", "was")
    both = list(zip(rows, now, strict=True))
    assert alike_parts(attacker.look(first), attacker.look(second), both) == 0


def test_groups_of_one_mind_are_left_where_only_counts_and_values_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(History, "unlike", lambda *arguments: arguments[-1])
    with pytest.raises(AssertionError, match="alike_parts"):
        test_no_group_of_one_mind_is_left_by_subtracting_one_tree_from_another(tmp_path, move, 5)


def test_a_filter_may_have_fewer_than_its_sensitive_follow_up_needs(tmp_path: Path) -> None:
    parents = {"R": "", "A": "R", "B": "R"}
    rows = [*asked_on("A", 12, 20), *asked_on("B", 30, 20)]
    for row in rows:
        del row["was"]
    asked = form(tmp_path)
    content = json.loads(asked.read_text())
    content["sections"][0]["questions"][-1]["sensitive"] = True
    asked.write_text(json.dumps(content))
    first, second = again(tmp_path, (parents, rows), (parents, rows), "--questionnaire", asked)
    assert first.counts["tigit"]["A", ""] == 32
    assert second.rows == first.rows
