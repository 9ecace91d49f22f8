"""The same people published again, after corrections and reorganisations: both are attacked."""

import hashlib
import json
import random
from pathlib import Path

import pytest

from tests.protecting import attacker, cases
from tests.protecting.cases import Row
from tests.protecting.reorganising import (
    CHANGES,
    SEEDS,
    Change,
    again,
    close,
    found_out,
    leaves,
    merge,
    reorganised,
    split,
    unit_of,
)
from tests.protecting.test_protect import everybody, published


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


def test_an_earlier_folder_that_is_no_release_is_told(tmp_path: Path) -> None:
    parents, rows = cases.region(6)
    (tmp_path / "empty").mkdir()
    arguments = cases.files(tmp_path, rows, parents)
    done = cases.run(*arguments, "--out", tmp_path / "out", "--earlier", tmp_path / "empty")
    assert "release.csv" in "\n".join(getattr(done.exception, "faults", ()))
    assert not (tmp_path / "out").exists()
