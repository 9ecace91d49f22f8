"""Anonymised rows: what is demanded holds, what is published is true, and the loss is counted."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dialog.core.disclosure.microdata import local
from dialog.core.disclosure.microdata.demands import Demands, Distance, met, unmeetable
from dialog.core.disclosure.microdata.foresight import split_with_foresight
from dialog.core.disclosure.microdata.grouping import group
from dialog.core.disclosure.microdata.lattice import best_levels
from dialog.core.disclosure.microdata.opening import open_boxes
from dialog.core.disclosure.microdata.rechecking import check
from dialog.core.disclosure.microdata.recoding import Method, recode
from dialog.core.disclosure.microdata.shapes import code_levels, pack
from dialog.core.disclosure.microdata.splitting import split_down
from dialog.core.disclosure.microdata.table import Table
from tests.bench.microdata_region import QUASI, draw, hierarchies
from tests.core.microdata import (
    Rows,
    demands,
    hierarchy_of,
    naive_best,
    naive_demands,
    naive_loss,
    table_of,
    tables,
)

Made = tuple[Table, Rows, list[str]]


@given(tables(), demands(), st.sampled_from(list(Method)))
@settings(deadline=None, max_examples=50)
def test_every_group_of_rows_that_look_the_same_meets_the_demands(
    made: Made, asked: Demands, method: Method
) -> None:
    table, _rows, sensitive = made
    assume(not unmeetable(table, asked))
    published = recode(table, asked, method=method)
    words = [tuple(row) for row in published.words.tolist()]
    assert naive_demands(words, sensitive, asked)


@given(tables(), demands(), st.sampled_from(list(Method)))
@settings(deadline=None, max_examples=50)
def test_every_published_value_is_a_node_above_the_true_one_and_the_loss_is_its_lm(
    made: Made, asked: Demands, method: Method
) -> None:
    table, rows, _sensitive = made
    assume(not unmeetable(table, asked))
    published = recode(table, asked, method=method)
    for column, hierarchy in enumerate(table.hierarchies):
        lost = []
        for row, word in zip(rows, published.words[:, column], strict=True):
            at = hierarchy.words[0].index(row[column])
            assert word in {level[at] for level in hierarchy.words}
            lost.append(1.0 if hierarchy.size == 1 and word == "*" and published.levels
                        else naive_loss(hierarchy, row[column], word))  # fmt: skip
        if hierarchy.size > 1:
            assert published.loss[column] == pytest.approx(np.mean(lost))


@given(tables(most=25), st.integers(2, 4), st.sampled_from([0.0, 0.1, 0.4]))
@settings(deadline=None, max_examples=60)
def test_global_recoding_finds_the_best_of_all_levels(
    made: Made, k: int, suppression: float
) -> None:
    table, rows, _sensitive = made
    assume(len(rows) >= k)
    found = best_levels(table, Demands(k), suppression=suppression)
    most = int(suppression * len(rows) + 1e-9)
    assert found.loss == pytest.approx(naive_best(table.hierarchies, rows, k, most))
    assert found.suppressed.sum() <= most


@given(tables(), demands())
@settings(deadline=None, max_examples=50)
def test_opening_boxes_never_loses_more_than_splitting(made: Made, asked: Demands) -> None:
    table, _rows, _sensitive = made
    assume(not unmeetable(table, asked))
    split = split_down(table, asked)
    opened = open_boxes(table, asked, split)
    before, after = group(table, split), group(table, opened)
    assert after.size @ after.loss <= before.size @ before.loss + 1e-9


def test_opening_boxes_wins_back_what_splitting_lost() -> None:
    """Splits draw lines through boxes of rows that would do well together."""
    bands = [(f"{n}", f"{n // 4 * 4}-", f"{n // 12 * 12}--", "*") for n in range(36)]
    columns = [hierarchy_of(name, bands) for name in "abc"]
    chance = np.random.default_rng(1)
    drawn = np.clip(chance.normal(18, 6, (3000, 3)), 0, 35).astype(int)
    rows: Rows = [tuple(map(str, line)) for line in drawn]
    table = table_of(columns, rows)
    before = group(table, split_down(table, Demands(10)))
    after = group(table, open_boxes(table, Demands(10), before.of))
    assert after.size @ after.loss < 0.99 * (before.size @ before.loss)
    assert after.size.min() >= 10


@given(tables(), demands())
@settings(deadline=None, max_examples=50)
def test_foresight_never_ends_worse_than_the_best_split_each_time(
    made: Made, asked: Demands
) -> None:
    table, _rows, _sensitive = made
    assume(not unmeetable(table, asked))
    plain, far = group(table, split_down(table, asked)), split_with_foresight(table, asked)
    assert group(table, far).size @ group(table, far).loss <= plain.size @ plain.loss + 1e-9


def test_foresight_takes_splits_that_look_worse_and_end_better() -> None:
    drawn, trees = draw(4000, seed=1), hierarchies()
    columns = [hierarchy_of(name, trees[name]) for name in QUASI]
    rows = list(zip(*(drawn[name] for name in QUASI), strict=True))
    table = table_of(columns, rows)
    plain = group(table, split_down(table, Demands(10)))
    far = group(table, split_with_foresight(table, Demands(10)))
    assert far.size @ far.loss < 0.99 * (plain.size @ plain.loss)


@given(tables(), st.data())
@settings(deadline=None, max_examples=50)
def test_what_a_group_has_in_common_is_the_finest_node_above_all_its_rows(
    made: Made, data: st.DataObject
) -> None:
    table, _rows, _sensitive = made
    labels = np.array(
        data.draw(st.lists(st.integers(0, 3), min_size=len(table), max_size=len(table)))
    )
    groups = group(table, labels)
    for number, size in enumerate(groups.size):
        rows = np.flatnonzero(groups.of == number)
        assert len(rows) == size
        for column, hierarchy in enumerate(table.hierarchies):
            lines = [set(hierarchy.path[leaf].tolist()) for leaf in table.leaves[rows, column]]
            shared = set.intersection(*lines) - {-1}
            finest = min(shared, key=lambda node: hierarchy.leaves[node])
            assert groups.nodes[number, column] == finest


@given(tables(), demands())
@settings(deadline=None, max_examples=30)
def test_rows_worked_on_in_blocks_meet_the_demands_too(made: Made, asked: Demands) -> None:
    table, _rows, sensitive = made
    assume(not unmeetable(table, asked))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local, "AT_ONCE", 10)
        patch.setattr(local, "BLOCK", 8)
        published = recode(table, asked)
    assert naive_demands([tuple(row) for row in published.words.tolist()], sensitive, asked)


def test_rows_that_are_all_alike_lose_nothing() -> None:
    place = hierarchy_of("place", [("a", "*"), ("b", "*")])
    table = table_of([place], [*[("a",)] * 10, *[("b",)] * 12])
    assert recode(table, Demands(10)).mean_loss == 0


def test_too_few_rows_or_values_cannot_be_protected() -> None:
    place = hierarchy_of("place", [("a", "*")])
    table = table_of([place], [("a",)] * 9, ["x"] * 9)
    assert [fault.code for fault in unmeetable(table, Demands(10, 2))] == ["few_rows", "few_values"]


def test_distances_are_those_of_the_paper() -> None:
    """Li et al. 2007, section 4: {3k,4k,5k} is 0.375 from nine salaries, {6k,8k,11k} 0.167."""
    salaries = [str(n) for n in range(3, 12)]
    place = hierarchy_of("place", [("a", "*"), ("b", "*"), ("c", "*")])
    where = {"3": "a", "4": "a", "5": "a", "6": "b", "8": "b", "11": "b"}
    table = table_of([place], [(where.get(s, "c"),) for s in salaries], salaries)
    groups = table.leaves[:, 0]
    rows = np.arange(9)
    for t, expected in ((0.374, [False, True]), (0.376, [True, True]), (0.166, [False, False])):
        asked = Demands(2, 1, t, Distance.ORDERED)
        assert met(table, asked, rows, groups, 3)[:2].tolist() == expected
    found = check(
        ({"place": where.get(s, "c"), "s": s} for s in salaries), quasi=["place"], sensitive=["s"]
    )
    assert found.t_ordered == pytest.approx(0.375)


@given(tables(), st.integers(2, 4), st.integers(1, 3), st.sampled_from([1.0, 0.5, 0.3]))
@settings(deadline=None, max_examples=50)
def test_the_two_checks_of_groups_agree(made: Made, k: int, l: int, t: float) -> None:  # noqa: E741
    table, rows, sensitive = made
    _names, groups = np.unique(
        pack([levels[0] for levels in code_levels(table)]), return_inverse=True
    )
    quasi = [str(column) for column in range(len(rows[0]))]
    found = check(
        (
            {**dict(zip(quasi, row, strict=True)), "s": s}
            for row, s in zip(rows, sensitive, strict=True)
        ),
        quasi=quasi,
        sensitive=["s"],
    )
    for distance, far in ((Distance.EQUAL, found.t_equal), (Distance.ORDERED, found.t_ordered)):
        ok = met(table, Demands(k, l, t, distance), np.arange(len(rows)), groups, found.groups)
        assert ok.all() == (found.k >= k and found.l >= l and far <= t + 1e-9)


def test_a_star_matches_stars_only() -> None:
    rows = [{"a": "x", "b": "y"}] * 9 + [{"a": "*", "b": "y"}] * 2 + [{"a": "*", "b": "*"}] * 5
    assert check(rows, quasi=["a", "b"], sensitive=[]).k == 2


def test_keys_of_many_columns_stay_apart_when_they_would_overflow() -> None:
    columns = [
        hierarchy_of(f"c{number}", [(f"v{leaf}", "*") for leaf in range(64)])
        for number in range(12)
    ]
    chance = np.random.default_rng(4)
    rows = [tuple(f"v{leaf}" for leaf in line) for line in chance.integers(0, 64, (300, 12))]
    rows += rows[:50]
    keys = pack([levels[0] for levels in code_levels(table_of(columns, rows))])
    assert Counter(np.unique(keys, return_counts=True)[1].tolist()) == {1: 250, 2: 50}
