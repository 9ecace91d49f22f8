"""`dialog protect`: its files, what it refuses, and what an attacker gets from it."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from dialog.core.written import COLUMNS
from tests.protecting import attacker, cases
from tests.protecting.cases import Row


def published(folder: Path, parents: dict[str, str], rows: list[Row], *more: Any) -> Path:
    folder.mkdir(exist_ok=True)
    out = folder / "out"
    done = cases.run(*cases.files(folder, rows, parents), "--out", out, *more)
    assert done.exit_code == 0, done.output
    return out


SMALL = {"R": "", "F": "R", "V": "F", "W": "F"}


def everybody(n: int, unit: str = "V", level: str = "staff", **answers: str) -> list[Row]:
    return [{"unit": unit, "level": level, **answers} for _ in range(n)]


def test_the_files_say_the_same_and_what_was_proved(tmp_path: Path) -> None:
    parents, rows = cases.region(3)
    out = published(tmp_path, parents, rows)
    assert {path.name for path in out.iterdir()} == {
        "release.csv", "units.csv", "release.json", "audit.json",
    }  # fmt: skip
    seen = attacker.look(out)
    assert tuple(seen.rows[0]) == COLUMNS
    assert seen.parents == parents
    read = json.loads((out / "release.json").read_text())
    assert [dict(zip(COLUMNS, row, strict=True)) for row in read["rows"]] == seen.rows
    audit = json.loads((out / "audit.json").read_text())
    assert (audit["k"], audit["insiders"]) == (10, 0)
    assert [check["item"] for check in audit["checks"]] == ["", "q1", "q2"]
    assert {check["known_exactly"] for check in audit["checks"]} == {0}
    assert audit["solver"].startswith("HiGHS")


def test_totals_are_true_and_levels_end_at_verksamhet(tmp_path: Path) -> None:
    parents, rows = cases.region(4)
    seen = attacker.look(published(tmp_path, parents, rows))
    for (unit, level), n in seen.counts[""].items():
        inside = seen.below(unit)
        assert n == sum(row["unit"] in inside and level in ("", row["level"]) for row in rows)
        assert not level or unit.count(".") <= 1
    for (item, (unit, level)), answers in seen.answers.items():
        inside = seen.below(unit)
        mine = [row for row in rows if row["unit"] in inside and level in ("", row["level"])]
        assert answers.items() <= Counter(row[item] for row in mine).items() | {
            (str(value), 0) for value in range(1, 6)
        }


def test_the_same_again_is_the_same_bytes(tmp_path: Path) -> None:
    parents, rows = cases.region(5)
    first = published(tmp_path / "a", parents, rows)
    second = published(tmp_path / "b", parents, list(reversed(rows)))
    for name in ("release.csv", "units.csv", "release.json", "audit.json"):
        assert (first / name).read_bytes() == (second / name).read_bytes()
    published(tmp_path / "a", parents, rows)


def test_another_release_is_never_overwritten(tmp_path: Path) -> None:
    parents, rows = cases.region(5)
    out = published(tmp_path, parents, rows)
    before = (out / "release.csv").read_bytes()
    done = cases.run(*cases.files(tmp_path, rows[:-20], parents), "--out", out)
    assert done.exit_code != 0
    assert "annan publicering" in str(done.exception)
    assert (out / "release.csv").read_bytes() == before
    assert {path.name for path in out.iterdir()} == {
        "release.csv", "units.csv", "release.json", "audit.json",
    }  # fmt: skip


@pytest.mark.parametrize("n", [10, 50])
def test_where_all_agree_nothing_says_so_exactly(tmp_path: Path, n: int) -> None:
    rows = everybody(n, q1="5") + everybody(30, "W", q1="2") + everybody(30, "W", q1="4")
    seen = attacker.look(published(tmp_path, SMALL, rows))
    mine = [row for row in seen.rows if row["unit"] == "V" and row["item"] == "q1"]
    assert not any(row["share"] in ("0", "100") or row["mean"] for row in mine)
    assert all(row["status"] in ("coarsened", "protected") for row in mine)


def test_a_sensitive_column_needs_twenty(tmp_path: Path) -> None:
    rows = everybody(9, q1="1") + everybody(6, q1="2") + everybody(30, "W", q1="2")
    rows += everybody(30, "W", q1="4")
    seen = attacker.look(published(tmp_path, SMALL, rows, "--sensitive", "q1"))
    assert ("V", "") in seen.counts[""]
    assert ("V", "") not in seen.counts["q1"]


@pytest.mark.parametrize(
    ("rows", "parents", "told"),
    [
        ([{"unit": "X", "level": "staff", "q1": "1"}], SMALL, "r.csv, rad 2: Enheten ”X”"),
        ([{"unit": "", "level": "staff", "q1": "1"}], SMALL, "r.csv, rad 2: Enhet saknas"),
        ([{"unit": "V", "q1": "1"}], SMALL, "”level” saknas"),
        ([{"unit": "V", "level": ""}], SMALL, "ingen fråga"),
        (everybody(12, q1="1"), {"R": "", "A": "B", "B": "A", "V": "R"}, "u.csv, rad 3"),
        (everybody(12, q1="1"), {"R": "", "V": "Q"}, "Överordnad enhet ”Q”"),
    ],
)
def test_wrong_input_is_listed_by_row_and_nothing_is_written(
    tmp_path: Path, rows: list[Row], parents: dict[str, str], told: str
) -> None:
    out = tmp_path / "out"
    done = cases.run(*cases.files(tmp_path, rows, parents), "--out", out)
    assert done.exception is not None
    faults = "\n".join((str(done.exception), *getattr(done.exception, "faults", ())))
    assert told in faults
    assert not out.exists()


def form(tmp_path: Path) -> Path:
    text = {"sv": "f"}
    yes_no = [{"name": name, "text": text} for name in ("ja", "nej")]
    asked = [
        {"name": "betyg", "kind": "scale", "text": text, "low": 1, "high": 5},
        {"name": "tigit", "kind": "single", "text": text, "options": yes_no},
        {
            "name": "varfor",
            "kind": "multiple",
            "text": text,
            "options": yes_no,
            "show_if": {"parts": [{"item": "tigit", "values": ["ja"]}]},
        },
    ]
    path = tmp_path / "q.json"
    section = {"name": "a", "title": text, "questions": asked}
    path.write_text(json.dumps({"title": text, "sections": [section]}))
    return path


def test_answers_outside_the_form_are_listed(tmp_path: Path) -> None:
    rows = everybody(12, betyg="3", tigit="ja", varfor="ja;nej")
    rows += everybody(1, betyg="6", tigit="ja", varfor="")
    rows += everybody(1, betyg="3", tigit="kanske", varfor="")
    rows += everybody(1, betyg="3", tigit="nej", varfor="ja")
    out = tmp_path / "out"
    more = ("--questionnaire", form(tmp_path))
    done = cases.run(*cases.files(tmp_path, rows, SMALL), "--out", out, *more)
    assert [fault.split(":")[0] for fault in done.exception.faults] == [  # type: ignore[union-attr]
        "r.csv, rad 14", "r.csv, rad 15", "r.csv, rad 16",
    ]  # fmt: skip
    assert not out.exists()
    good = attacker.look(published(tmp_path, SMALL, rows[:12] * 3, *more))
    assert good.counts["betyg"]["V", ""] == 36


def test_fewer_than_k_in_all_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = cases.run(*cases.files(tmp_path, everybody(9, q1="1"), SMALL), "--out", out)
    assert "färre än 10" in str(done.exception)
    assert not out.exists()


@pytest.mark.parametrize("parents", [{"R": ""}, {"R": "", "A": "R"}, {"R": "", "A": "R", "B": "A"}])
def test_one_unit_a_single_child_and_a_chain_are_no_trouble(
    tmp_path: Path, parents: dict[str, str]
) -> None:
    rows = everybody(7, list(parents)[-1], q1="1") + everybody(8, "R", q1="3")
    seen = attacker.look(published(tmp_path, parents, rows))
    assert seen.counts[""]["R", ""] == 15
    assert all(rest == 0 or rest >= 10 for rest in attacker.remainders(seen).values())


@pytest.mark.parametrize(("seed", "k", "insiders"), [(1, 10, 0), (2, 5, 0), (6, 10, 2), (7, 20, 0)])
def test_an_attacker_with_the_files_alone_finds_no_group_below_k(
    tmp_path: Path, seed: int, k: int, insiders: int
) -> None:
    parents, rows = cases.region(seed)
    more = ("--k", k, "--insiders", insiders)
    seen = attacker.look(published(tmp_path, parents, rows, *more))
    assert_safe(seen, rows, k + insiders)


def assert_safe(seen: attacker.Seen, rows: list[Row], k: int) -> None:
    """Tests 1-4 of the promise: threshold, remainders, largest possible count, exact counts."""
    for item in ("", "q1", "q2"):
        assert all(n >= k for n in seen.counts[item].values())
        assert all(rest == 0 or rest >= k for rest in attacker.remainders(seen, item).values())
    levels = sorted({row["level"] for row in rows})
    classes = sorted({(unit, level) for unit in seen.parents for level in levels})
    same = {one: one for one in classes}
    for items in (["", "q1"], ["", "q2"]):
        found = attacker.possible([(seen, same)], items, classes, levels)
        for item in items:
            true = Counter((row["unit"], row["level"]) for row in rows if not item or row[item])
            for place, (least, most) in found[item].items():
                assert most == 0 or most >= k
                assert least <= true[place] <= most
                assert not 0 < true[place] < k or least < most


def test_spaces_around_codes_are_those_of_a_spreadsheet(tmp_path: Path) -> None:
    rows = [row for at in range(12) for row in everybody(1, " V", " staff", q1=str(at % 4))]
    seen = attacker.look(published(tmp_path, {"R ": "", " F": "R", "V ": " F"}, rows))
    assert seen.parents == {"R": "", "F": "R", "V": "F"}
    assert seen.counts[""]["V", ""] == seen.counts[""]["V", "staff"] == 12


def test_units_may_be_several_trees_and_one_of_them_empty(tmp_path: Path) -> None:
    rows = [row for at in range(12) for row in everybody(1, "V", q1=str(at % 4))]
    seen = attacker.look(published(tmp_path, {"R": "", "F": "", "V": "F"}, rows))
    assert seen.counts[""] == {("F", ""): 12, ("F", "staff"): 12, ("V", ""): 12, ("V", "staff"): 12}
