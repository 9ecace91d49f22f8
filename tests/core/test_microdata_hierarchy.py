"""Hierarchies: what is read, what is refused, what is proposed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.core.disclosure.microdata.bands import AGE_BANDS, banded, flat, from_tree, grouped
from dialog.core.disclosure.microdata.faults import CODES, Fault, worded
from dialog.core.disclosure.microdata.hierarchy import Hierarchy, read_hierarchy
from dialog.core.disclosure.microdata.risk import risk
from dialog.core.disclosure.microdata.table import encode, encode_sensitive
from tests.core.microdata import hierarchies, hierarchy_of

AGES = [("19", "15-19", "*"), ("20", "20-24", "*"), ("21", "20-24", "*"), ("22", "20-24", "*")]


def _faults(*lines: tuple[str, ...]) -> list[tuple[str, int]]:
    made, faults = read_hierarchy("age", enumerate(lines, 1))
    assert (made is None) == bool(faults)
    return [(fault.code, fault.line) for fault in faults]


def test_a_node_is_known_by_its_leaves() -> None:
    age = hierarchy_of("age", AGES)
    assert age.label == ("19", "20", "21", "22", "20-24", "*")  # 15-19 is 19 alone: one node
    assert age.leaves.tolist() == [1, 1, 1, 1, 3, 4]
    assert age.loss.tolist() == pytest.approx([0, 0, 0, 0, 2 / 3, 1])
    assert age.parent.tolist() == [5, 4, 4, 4, 5, -1]


def test_a_star_is_put_on_top_where_there_is_none() -> None:
    assert hierarchy_of("zip", [("81", "8x"), ("82", "8x")]).words[-1] == ("*", "*")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((), [("empty", 0)]),
        ([("19", "15-19", "*"), ("20", "*")], [("ragged", 2)]),
        ([("19", "15-19", "*"), ("19", "10-19", "*")], [("double", 2)]),
        ([("19", "", "*")], [("unnamed", 1)]),
        ([("1", "a", "x", "*"), ("2", "a", "y", "*")], [("no_function", 2)]),
    ],
)
def test_what_is_no_tree_is_refused_with_its_line(
    lines: list[tuple[str, ...]], expected: list[tuple[str, int]]
) -> None:
    assert _faults(*lines) == expected


def test_the_same_line_twice_is_no_fault() -> None:
    assert _faults(*AGES, AGES[0]) == []


def test_a_word_with_two_meanings_is_pointed_out() -> None:
    assert hierarchy_of("unit", [("V", "V", "*"), ("E", "V", "*"), ("F", "G", "*")]).ambiguous == (
        "V",
    )


@given(hierarchies())
def test_each_level_is_coarser_than_the_one_below(made: Hierarchy) -> None:
    for below, above in zip(made.levels, made.levels[1:], strict=False):
        assert (made.leaves[above] >= made.leaves[below]).all()
        for node, over in zip(below, above, strict=True):
            assert over in made.path[node]
            assert node in {*below}
    assert set(made.levels[-1].tolist()) == {int(made.path[0, 0])}


def test_values_that_are_not_in_the_hierarchy_are_listed_once_with_their_first_line() -> None:
    age = hierarchy_of("age", AGES)
    _leaves, faults = encode(age, ["19", "99", "99", "x"], [2, 3, 4, 7])
    told = [(f.about["value"], f.about["rows"], f.about["line"]) for f in faults]
    assert told == [("99", "2", "3"), ("x", "1", "7")]


def test_many_missing_values_are_counted() -> None:
    age = hierarchy_of("age", AGES)
    _leaves, faults = encode(age, [f"x{n}" for n in range(30)], range(30))
    assert len(faults) == 21
    assert faults[-1].about == {"values": "10"}


def test_sensitive_numbers_stand_in_the_order_of_numbers() -> None:
    assert encode_sensitive("s", ["10", "9,5", "2"]).values == ("2", "9,5", "10")
    assert not encode_sensitive("s", ["10", "b"]).numeric


def test_numbers_are_proposed_in_ever_wider_bands() -> None:
    assert banded([23], AGE_BANDS) == [("23", "20-24", "20-29", "20-39", "*")]
    with pytest.raises(ValueError, match="multiple"):
        banded([1], (5, 12))


def test_units_are_proposed_by_their_tree() -> None:
    parents = {"R": None, "F": "R", "V": "F", "E1": "V", "E2": "V", "G": "R"}
    lines = from_tree(parents)
    assert ("E1", "V", "F", "*") in lines
    assert ("G", "G", "G", "*") in lines
    assert hierarchy_of("unit", lines).ambiguous == ("F", "V")  # a unit, or all below it


def test_groups_and_single_values_are_proposed() -> None:
    assert grouped({"vård": ["ssk", "läkare"]}) == [("läkare", "vård", "*"), ("ssk", "vård", "*")]
    assert flat(["b", "a", "b"]) == [("a", "*"), ("b", "*")]


@given(st.sets(st.integers(-50, 150), min_size=1))
def test_proposed_bands_are_a_hierarchy(numbers: set[int]) -> None:
    assert not read_hierarchy("age", enumerate(banded(numbers, AGE_BANDS), 1))[1]


def test_every_fault_has_words_in_both_languages() -> None:
    names = [
        "name",
        "cells",
        "expected",
        "value",
        "other",
        "level",
        "one",
        "two",
        "rows",
        "line",
        "values",
        "columns",
        "k",
        "l",
        "why",
    ]
    for code in CODES:
        told = worded(Fault("age", code, 1, dict.fromkeys(names, "x")))
        assert told.sv.endswith(".") or "*" in told.sv
        assert told.en


def test_risk_is_one_by_the_number_of_rows_alike() -> None:
    found = risk(["a"] * 4 + ["b"], k=3, population=50)
    assert found.prosecutor_highest == 1
    assert found.prosecutor_mean == pytest.approx(2 / 5)
    assert found.journalist_highest == pytest.approx(0.1)
    assert (found.above, found.unique, found.groups) == (0.2, 0.2, 2)
