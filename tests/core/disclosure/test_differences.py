"""What two figures of one group tell of those who changed their answers between them."""

import pytest

from dialog.core.disclosure.differences import few_changed, few_ticked

K = 10
BOUNDS = {"1": None, "2": None}


@pytest.mark.parametrize(
    ("before", "now", "few"),
    [
        ({"1": 60, "2": 40}, {"1": 60, "2": 40}, False),
        ({"1": 60, "2": 40}, {"1": 61, "2": 39}, True),
        ({"1": 60, "2": 40}, {"1": 69, "2": 31}, True),
        ({"1": 60, "2": 40}, {"1": 70, "2": 30}, False),
    ],
    ids=["nobody", "one", "k - 1", "k"],
)
def test_nobody_or_many_may_have_changed(
    before: dict[str, int | None], now: dict[str, int], *, few: bool
) -> None:
    assert few_changed(now, before, K) is few


@pytest.mark.parametrize(("last", "few"), [(89, True), (90, False), (100, False)])
def test_a_count_where_there_was_a_bound_is_taken_for_few(last: int, *, few: bool) -> None:
    assert few_changed({"1": last, "2": 100 - last}, BOUNDS, K) is few


@pytest.mark.parametrize(
    ("n", "first", "last", "few"),
    [
        (100, 95, 3, False),
        (100, 95, 4, True),
        (100, 95, 12, True),
        (100, 95, 13, False),
        (100, 89, 3, True),
        (110, 100, 4, False),
    ],
    ids=["nobody", "one", "k - 1", "k", "no longer nearly all", "k came"],
)
def test_each_answer_to_be_ticked_is_looked_at_by_itself(
    n: int, first: int, last: int, *, few: bool
) -> None:
    """Others may be ticked by many, which neither hides nor makes a change."""
    now, before = {"1": first, "2": last, "3": 80}, {"1": None, "2": 3, "3": 80}
    assert few_ticked(now, n, before, 100, K) is few


@pytest.mark.parametrize(("first", "few"), [(89, True), (81, True), (80, False)])
def test_a_bound_where_there_was_a_count_is_few_where_few_changed(first: int, *, few: bool) -> None:
    """From 89 to 90 of a hundred "at least nine of ten" tells that somebody changed."""
    assert few_changed({"1": 90, "2": 10}, {"1": first, "2": 100 - first}, K) is few
