"""Single promises, each beside a release that breaks it and is found out by the same eyes."""

import json
from pathlib import Path

import pytest

from tests.protecting import attacker, cases, promise
from tests.protecting.attacker import Seen
from tests.protecting.cases import Row
from tests.protecting.test_protect import SMALL, everybody, published
from tests.protecting.test_random_regions import careless, found_out

OTHERS = [row for at in range(60) for row in everybody(1, "W", q1=str(1 + at % 5), q2="3")]


def rewritten(out: Path, old: str, new: str) -> Seen:
    """The release as it would be with other figures in a row."""
    path = out / "release.csv"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    return attacker.look(out)


@pytest.mark.parametrize("n", [10, 50])
@pytest.mark.parametrize(
    ("row", "careless"),
    [
        ("q1,5,,>=90,,coarsened", "q1,5,{n},100,,published"),
        ("q1,,{n},,,coarsened", "q1,,{n},,5.0,coarsened"),
        ("q2,,{n},,,coarsened", "q2,,{n},,1.0,coarsened"),
        ("q1,2,,<=10,,coarsened", "q1,2,0,0,,coarsened"),
    ],
    ids=["all", "highest mean", "lowest mean", "nobody else"],
)
def test_nobody_is_told_that_all_agree(tmp_path: Path, n: int, row: str, careless: str) -> None:
    out = published(tmp_path, SMALL, everybody(n, q1="5", q2="1") + OTHERS)
    seen = attacker.look(out)
    assert ("V", "") in seen.counts["q1"]
    assert promise.unanimous(seen) == []
    seen = rewritten(out, f"V,,{row.format(n=n)}", f"V,,{careless.format(n=n)}")
    assert promise.unanimous(seen) == [f"{row[:2]} V "]


def test_a_question_that_one_of_twelve_answered_is_hidden(tmp_path: Path) -> None:
    rows = everybody(11, q1="", q2="3") + everybody(1, q1="2", q2="3") + OTHERS
    out = published(tmp_path, SMALL, rows)
    seen = attacker.look(out)
    assert seen.counts[""]["V", ""] == 12
    assert ("V", "") not in seen.counts["q1"]
    assert promise.thin(seen, 10) == []
    assert promise.thin(rewritten(out, "V,,q1,,,,,protected", "V,,q1,,1,,2.0,published"), 10)


@pytest.mark.parametrize(("n", "others"), [(10, 1), (12, 1), (24, 2), (40, 3)])
def test_no_hidden_category_can_be_solved_from_n_bounds_and_mean(
    tmp_path: Path, n: int, others: int
) -> None:
    rows = everybody(n - others, q1="5", q2="3") + everybody(others, q1="1", q2="2") + OTHERS
    out = published(tmp_path, SMALL, rows)
    seen = attacker.look(out)
    assert promise.solved(seen) == []
    assert any(row["share"] == ">=90" for row in seen.rows if row["unit"] == "V")
    if others == 1:  # several who differ may be several tables
        mean = (5 * (n - others) + others) / n
        told = rewritten(out, f"V,,q1,,{n},,,coarsened", f"V,,q1,,{n},,{mean:.1f},coarsened")
        assert promise.solved(told)


SHAPES: dict[str, tuple[dict[str, str], list[Row]]] = {
    "a single child": ({"R": "", "A": "R", "B": "A"}, everybody(14, "B") + everybody(6, "A")),
    "an empty unit": ({"R": "", "A": "R", "B": "R"}, everybody(24, "A")),
    "small siblings": (
        {"R": "", "A": "R", **{f"B{at}": "A" for at in range(6)}},
        [row for at in range(6) for row in everybody(4, f"B{at}")],
    ),
    "one small sibling": ({"R": "", "A": "R", "B": "R"}, everybody(20, "A") + everybody(4, "B")),
}


def spread(rows: list[Row]) -> list[Row]:
    """Answers of all kinds in turn."""
    return [
        {**row, "q1": str(1 + at % 5), "q2": str(1 + at * 3 % 5)} for at, row in enumerate(rows)
    ]


@pytest.mark.parametrize("shape", SHAPES)
def test_odd_trees_are_no_trouble_and_give_nobody_away(tmp_path: Path, shape: str) -> None:
    parents, rows = SHAPES[shape]
    out = published(tmp_path, parents, spread(rows))
    assert found_out(attacker.look(out), parents, spread(rows), 10) == []


def test_a_threshold_alone_gives_somebody_in_an_odd_tree_away(tmp_path: Path) -> None:
    parents, rows = SHAPES["one small sibling"]
    seen = careless(tmp_path / "x", parents, spread(rows), 10, remainder=False)
    assert found_out(seen, parents, spread(rows), 10)


def test_without_thought_of_insiders_some_see_fewer_than_k(tmp_path: Path) -> None:
    told = []
    for seed in range(1, 6):
        parents, rows = cases.region(seed, depth=2, most=3)
        out = published(tmp_path / str(seed), parents, rows)
        told += found_out(attacker.look(out), parents, rows, 12)
    assert told


def differences(first: Seen, second: Seen) -> list[str]:
    """Figures of the same group that differ by 1 to 9."""
    return [
        f"{item} {place}"
        for item, counts in second.counts.items()
        for place, n in counts.items()
        if 0 < abs(n - first.counts[item].get(place, n)) < 10
    ]


def test_late_answers_show_where_nobody_thought_of_the_first(tmp_path: Path) -> None:
    parents, rows = cases.region(6)
    leaf = [unit for unit in parents if unit not in parents.values()]
    more = [*rows, *everybody(14, leaf[0], q1="2", q2="4"), *everybody(3, leaf[-1], q1="1", q2="")]
    first = published(tmp_path / "first", parents, rows)
    careful = published(tmp_path / "second", parents, more, "--earlier", first)
    alone = published(tmp_path / "alone", parents, more)
    seen = attacker.look(first)
    assert differences(seen, attacker.look(careful)) == []
    assert differences(seen, attacker.look(alone))


def ticked(tmp_path: Path, *times: int) -> Path:
    """A release of a question where each of twelve answers could be ticked: of a hundred in V
    `times[0]` ticked the first, `times[1]` of them the second as well, and `times[2]` all of them.
    """
    text, names = {"sv": "f"}, "abcdefghijkl"
    options = [{"name": name, "text": text} for name in names]
    asked = {"name": "m", "kind": "multiple", "text": text, "options": options}
    tmp_path.mkdir()
    form = tmp_path / "q.json"
    sections = [{"name": "s", "title": text, "questions": [asked]}]
    form.write_text(json.dumps({"title": text, "sections": sections}))
    first, second, every = times
    given = {"a;b": second, ";".join(names): every, "a": first - second - every, "c": 100 - first}
    rows = [row for ticks, n in given.items() for row in everybody(n, m=ticks)]
    rows += [row for name in names[:4] for row in everybody(10, "W", m=name)]
    earlier = tmp_path.parent / "first" / "out"
    beside = ("--earlier", earlier) if tmp_path.name == "beside" else ()
    return published(tmp_path, SMALL, rows, "--questionnaire", form, *beside)


@pytest.mark.parametrize(
    ("first", "second"),
    [((95, 3, 0), (95, 5, 0)), ((80, 20, 20), (80, 18, 22))],
    ids=["one answer", "every answer"],
)
def test_few_who_ticked_something_else_are_not_seen(
    tmp_path: Path, first: tuple[int, ...], second: tuple[int, ...]
) -> None:
    """Two people: they change one count by 2, or ten of them, which is more than 2k in all."""
    before = attacker.look(ticked(tmp_path / "first", *first)).answers["m", ("V", "")]
    alone = attacker.look(ticked(tmp_path / "alone", *second)).answers["m", ("V", "")]
    assert {abs(alone[name] - before[name]) for name in before} == {0, 2}
    beside = attacker.look(ticked(tmp_path / "beside", *second))
    assert beside.answers["m", ("V", "")] in ({}, before)


def test_what_the_same_people_ticked_stands_there_again(tmp_path: Path) -> None:
    before = attacker.look(ticked(tmp_path / "first", 95, 50, 0)).answers["m", ("V", "")]
    assert before["b"] == 50
    assert attacker.look(ticked(tmp_path / "beside", 95, 50, 0)).answers["m", ("V", "")] == before
