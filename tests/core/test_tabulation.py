from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialog.core.columns import Choice, category_values, column, filters
from dialog.core.disclosure.policy import LEVELS
from dialog.core.questionnaire import items
from dialog.core.scoring import scores
from dialog.core.tabulation import Table, tabulate
from dialog.core.tree import make_tree
from tests.core.forms import ANSWERS, complete, form

TREE = make_tree({"R": None, "F": "R", "V": "F", "W": "F"})
FORM = form()


def count(*rows: tuple[str | None, str, dict[str, Any]]) -> Table:
    return tabulate(rows, questionnaire=FORM, tree=TREE, levels=LEVELS)


def at(table: Table, unit: str) -> int:
    return table.tree.position[unit]


def test_a_response_counts_in_its_unit_and_all_above() -> None:
    table = count(("V", "staff", {}), ("V", "manager-1", {}), ("W", "staff", {}))
    assert table.n.sum(axis=1).tolist() == [3, 3, 2, 1]
    assert table.n[at(table, "F"), LEVELS.index("staff")] == 2


def test_one_without_unit_or_level_counts_at_the_top() -> None:
    table = count((None, "", {}), ("V", "", {}))
    assert table.n.sum(axis=1).tolist() == [2, 1, 1, 0]
    assert table.n[0, -1] == 2


def test_categories_are_counted_and_what_is_missing_is_not() -> None:
    table = count(
        ("V", "staff", {"fel": "a1"}),
        ("V", "staff", {"fel": "a5"}),
        ("W", "staff", {"fel": "_unknown"}),
        ("W", "staff", {}),
    )
    fel = table.items["fel"]
    assert fel.n.sum(axis=1).tolist() == [2, 2, 2, 0]
    assert fel.categories is not None
    assert fel.total is not None
    assert fel.categories[at(table, "F")].sum(axis=0).tolist() == [1, 0, 0, 0, 1]
    assert fel.total[0].sum() == 6


def test_several_answers_are_counted_one_by_one() -> None:
    table = count(("V", "staff", {"vad": ["stod", "annat"]}), ("V", "staff", {"vad": ["stod"]}))
    vad = table.items["vad"]
    assert vad.categories is not None
    assert vad.n[0].sum() == 2
    assert vad.categories[0].sum(axis=0).tolist() == [2, 0, 1]


def test_the_most_frequent_number_is_known_at_every_unit_and_level() -> None:
    table = count(
        ("V", "staff", {"antal": 2}),
        ("W", "staff", {"antal": 2}),
        ("W", "manager-1", {"antal": 2}),
        ("F", "manager-1", {"antal": 7}),
    )
    most = table.items["antal"].most
    assert most is not None
    assert most[:, 0].tolist() == [3, 3, 1, 2]
    assert most[at(table, "F"), 1 + LEVELS.index("manager-1")] == 1
    assert table.items["antal"].total is not None


def test_who_passes_a_filter_is_counted() -> None:
    table = count(("V", "staff", {"tigit": "ja"}), ("V", "staff", {"tigit": "_declined"}))
    (test,) = filters(FORM)["radsla"]
    assert table.passing[test][0].sum() == 1


def test_a_mean_needs_a_number_for_every_category() -> None:
    by_name = {item.name: item for item in items(FORM)}
    assert category_values(by_name["fel"]) == (1, 2, 3, 4, 5)
    assert category_values(by_name["tigit"]) is None
    assert category_values(by_name["betyg"]) == tuple(range(11))


def test_an_answer_that_no_option_has_is_no_answer() -> None:
    one = column(next(item for item in items(FORM) if item.name == "fel"))
    for value in ("a9", "_declined", "a2"):
        one.read(value)
    assert isinstance(one, Choice)
    assert one.codes.tolist() == [-1, -1, 1]


@settings(deadline=None)
@given(st.lists(ANSWERS, max_size=30))
def test_scores_are_those_of_the_scoring_rule(drawn: list[dict[str, Any]]) -> None:
    answered = [complete(one) for one in drawn]
    table = count(*(("V", "staff", answers) for answers in answered))
    one_by_one = [scores(FORM, answers).get("trygghet") for answers in answered]
    given_ = [score for score in one_by_one if score is not None]
    counted = table.scores["trygghet"]
    assert counted.total is not None
    assert counted.n[0].sum() == len(given_)
    assert counted.total[0].sum() == pytest.approx(sum(given_))


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(TREE.codes), st.sampled_from(LEVELS), ANSWERS)))
def test_every_category_adds_up_to_those_who_answered(
    rows: list[tuple[str, str, dict[str, Any]]],
) -> None:
    table = count(*((unit, level, complete(answers)) for unit, level, answers in rows))
    for name in ("fel", "betyg", "tigit", "radsla"):
        one = table.items[name]
        assert one.categories is not None
        assert (one.categories.sum(axis=-1) == one.n).all()
    assert np.array_equal(table.items["tid"].n, table.items["radsla"].n)
