"""What `dialog audit` can say of a group only if somebody is in it.

Those in A gave the answers 1 and 2, the managers 2 and 3. So a manager in A, if there is one, gave
a 2; whether there is one, the files may leave open.
"""

import csv
import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from dialog.auditing.answer_equations import levels_of, make_equations
from dialog.auditing.equations import NO_LEVEL
from dialog.auditing.history import whereabouts
from dialog.auditing.mean_equations import make_mean_equations
from dialog.auditing.occupied import occupied
from dialog.auditing.possibilities import DisagreementError
from dialog.auditing.reading import read
from dialog.auditing.trying import least, together
from dialog.core.disclosure import rules
from dialog.core.disclosure.ranging import Ranged
from tests.auditing.test_audit import Cell, audit, release
from tests.auditing.test_means import two_means
from tests.protecting import cases
from tests.protecting.test_protect import everybody, published

TREE = {"R": "", "A": "R", "B": "R"}
GROUPS = {("R", ""): 60, ("R", "chef"): 20, ("A", ""): 20}
ANSWERS = {("R", ""): (10, 30, 20), ("R", "chef"): (0, 10, 10), ("A", ""): (10, 10, 0)}
IN_A = "A · chef · q1: svaren går att räkna ut: medelvärdet 2.00"
IF_SOMEBODY = "Bara om någon finns där"


def show(
    folder: Path,
    groups: Mapping[Cell, int],
    answers: Mapping[Cell, tuple[int, ...]],
    tree: Mapping[str, str] = TREE,
) -> Path:
    with (release(folder, tree, groups) / "release.csv").open("a", newline="") as file:
        writer = csv.writer(file)
        for (unit, level), given in answers.items():
            writer.writerow([unit, level, "q1", "", sum(given), "", "", "published"])
            for name, n in enumerate(given, 1):
                writer.writerow([unit, level, "q1", name, n, "", "", "published"])
    return folder


def rows(managers_in_a: int) -> list[cases.Row]:
    """All of them give the figures above, with so many managers in A."""
    others = 10 - managers_in_a
    return [
        *everybody(10, "A", q1="1"),
        *everybody(others, "A", q1="2"),
        *everybody(managers_in_a, "A", "chef", q1="2"),
        *everybody(10 + managers_in_a, "B", q1="2"),
        *everybody(others, "B", "chef", q1="2"),
        *everybody(10, "B", q1="3"),
        *everybody(10, "B", "chef", q1="3"),
    ]


def test_what_is_known_only_if_somebody_is_there_is_told_apart_and_is_no_failure(
    tmp_path: Path,
) -> None:
    found = audit(show(tmp_path / "a", GROUPS, ANSWERS))
    assert found.exit_code == 0, found.output
    before, after = found.stdout.split(IF_SOMEBODY)
    assert IN_A not in before
    assert IN_A in after
    assert after.startswith(" (1):")
    assert "grupperna kan vara tomma" in after
    assert "Inga fynd" in after


@pytest.mark.parametrize("managers", [0, 3])
def test_who_knows_how_many_answered_knows_whether_somebody_is_there(
    tmp_path: Path, managers: int
) -> None:
    """Of the same files: the protection must not publish them where there are three."""
    out = show(tmp_path / "a", GROUPS, ANSWERS)
    responses = cases.write(tmp_path / "r.csv", ["unit", "level", "q1"], rows(managers))
    found = audit(out, options=("--responses", str(responses)))
    assert found.exit_code == (managers > 0), found.output
    assert (IN_A in found.stdout) == (managers > 0)
    assert IF_SOMEBODY not in found.stdout


def test_where_the_answers_force_somebody_to_be_there_it_is_found(tmp_path: Path) -> None:
    """Ten managers gave a 2, and outside of A only five did."""
    groups = {**GROUPS, ("R", ""): 45}
    found = audit(show(tmp_path / "a", groups, {**ANSWERS, ("R", ""): (10, 15, 20)}))
    assert found.exit_code == 1
    assert IN_A in found.stdout
    assert IF_SOMEBODY not in found.stdout


def test_where_those_who_took_part_force_somebody_to_be_there_it_is_found(tmp_path: Path) -> None:
    """All 60 answered, so also the ten managers of A: only the groups say that they are there."""
    out = show(tmp_path / "a", {**GROUPS, ("A", "chef"): 10}, ANSWERS)
    found = audit(out)
    assert found.exit_code == 1
    assert IN_A in found.stdout
    assert IF_SOMEBODY not in found.stdout
    # Of 70 they may be the ten who did not answer.
    more = {("R", ""): 70, ("R", "chef"): 30, ("A", ""): 30, ("A", "chef"): 10}
    found = audit(show(tmp_path / "b", more, ANSWERS))
    assert found.exit_code == 0, found.output
    assert IN_A in found.stdout.split(IF_SOMEBODY)[1]


def test_where_somebody_must_be_in_one_of_two_places_both_are_found(tmp_path: Path) -> None:
    """Sixteen managers gave a 2, and outside of A and C only ten did; either may have none."""
    tree = {**TREE, "C": "R"}
    answers = {
        ("R", ""): (20, 30, 20), ("R", "chef"): (0, 16, 4), ("A", ""): (10, 10, 0),
        ("C", ""): (10, 10, 0),
    }  # fmt: skip
    found = audit(show(tmp_path, {at: sum(n) for at, n in answers.items()}, answers, tree))
    assert found.exit_code == 1
    assert IN_A in found.stdout
    assert IN_A.replace("A · ", "C · ", 1) in found.stdout
    assert IF_SOMEBODY not in found.stdout


def test_means_are_thought_of_when_it_is_asked_whether_somebody_is_there(tmp_path: Path) -> None:
    seen, _wrong = read(two_means(tmp_path, whole=4.4))
    for ends, possible in (((1.0, 5.0), True), ((1.0, 4.0), False)):
        where, item = whereabouts([seen]), "scale:trivsel"
        known = make_mean_equations([seen], where, item, ends)
        cells = range(len(known.cells))
        if possible:
            held = occupied([seen], where, item, known, cells)
            assert {known.cells[at] for at in held} == {("A", NO_LEVEL), ("R", NO_LEVEL)}
            continue
        with pytest.raises(DisagreementError):
            occupied([seen], where, item, known, cells)


# Regions that leave such groups: where the values are audited too, and where only counts are.
SEEDS = range(int(os.environ.get("DIALOG_TREES", "0"))) or (33, 39, 45, 48, 62, 75)
Held = Counter[bool]


def held(folder: Path, seed: int) -> Held:
    """Of such groups in a random region, how many hold somebody who answered, and how many none."""
    parents, given = cases.region(seed, depth=2, most=3)
    seen, wrong = read(published(folder, parents, given, "--k", 5))
    assert not wrong
    count: Held = Counter()
    for finding in together([seen], least([seen], k=5)):
        if not finding.if_somebody:
            continue
        known = make_equations([seen], whereabouts([seen]), finding.item)
        assert known is not None
        named = levels_of([seen], finding.item)
        there = {
            known.cells[
                known.numbers[(row["unit"],), row["level"] if row["level"] in named else NO_LEVEL]
            ]
            for row in given
            if row[finding.item]
        }
        count[finding.cell in there] += 1
    return count


def test_nobody_is_in_any_such_group_that_protect_leaves(tmp_path: Path) -> None:
    """Those who protect know how many answered, and where: a group that holds somebody is none of
    those whose answers can be computed.
    """
    found = sum((held(tmp_path / str(seed), seed) for seed in SEEDS), Held())
    assert found[False] >= 3
    assert found[True] == 0


def test_somebody_is_in_some_of_them_where_values_are_not_audited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unaudited(_tree: Any, _item: Any, _count: Any, pattern: Any, **_more: Any) -> Ranged:
        return Ranged(pattern)

    monkeypatch.setattr(rules, "hide_known_values", unaudited)
    found = sum((held(tmp_path / str(seed), seed) for seed in SEEDS), Held())
    assert found[True] >= 2
