"""What people answered, where the same is published again after a change: both are attacked."""

import json
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from dialog.core.disclosure.earlier import History
from tests.protecting import attacker, cases
from tests.protecting.cases import Row
from tests.protecting.reorganising import (
    CHANGES,
    SEEDS,
    Change,
    Moved,
    again,
    asked_on,
    merge,
    move,
    split,
    unit_of,
)
from tests.protecting.test_over_time import (
    test_a_reorganisation_gives_nobody_away as gives_nobody_away,
)
from tests.protecting.test_protect import form, published


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


@pytest.mark.parametrize(("change", "seed"), [(merge, 9), (split, 13), (move, 27)])
def test_values_are_kept_as_both_trees_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Change, seed: int
) -> None:
    gives_nobody_away(tmp_path, change, seed)
    shutil.rmtree(tmp_path / "second" / "out")
    monkeypatch.setattr(History, "values", lambda *_arguments: ())
    with pytest.raises(AssertionError, match="value of"):
        gives_nobody_away(tmp_path, change, seed)
