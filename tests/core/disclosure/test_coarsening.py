from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.core.disclosure.coarsening import Place, Stored, coarsen
from tests.core.trees import Parents, counts_over, trees


def sizes(counts: dict[Place, int], stored: dict[Place, Stored]) -> Counter[Stored]:
    found: Counter[Stored] = Counter()
    for place, count in counts.items():
        if count:
            found[stored[place]] += count
    return found


def ancestors(unit: str, parents: Parents) -> list[str | None]:
    line: list[str | None] = [unit]
    while line[-1] is not None:
        line.append(parents[line[-1]])
    return line


@given(st.data(), trees(), st.sampled_from([5, 10, 20]))
def test_nothing_is_stored_for_fewer_than_k(data: st.DataObject, parents: Parents, k: int) -> None:
    counts = data.draw(counts_over(parents))
    stored = coarsen(counts, parents=parents, k=k)
    total = sum(counts.values())
    if total < k:
        assert all(stored[place] == (None, "") for place, count in counts.items() if count)
    else:
        assert all(size >= k for size in sizes(counts, stored).values())
        assert all(stored[place][0] is not None for place, count in counts.items() if count)
    assert sum(sizes(counts, stored).values()) == total


@given(st.data(), trees())
def test_a_response_keeps_its_place_or_goes_up(data: st.DataObject, parents: Parents) -> None:
    counts = data.draw(counts_over(parents))
    for (unit, level), (place, kept) in coarsen(counts, parents=parents, k=10).items():
        assert place in ancestors(unit, parents)
        assert kept in (level, "")


@given(st.data(), trees())
def test_the_order_of_the_input_does_not_matter(data: st.DataObject, parents: Parents) -> None:
    counts = data.draw(counts_over(parents))
    backwards = dict(reversed(counts.items()))
    turned = dict(reversed(parents.items()))
    assert coarsen(counts, parents=parents, k=10) == coarsen(backwards, parents=turned, k=10)


TREE: Parents = {"R": None, "F": "R", "V": "F", "E1": "V", "E2": "V", "E3": "V"}


def test_what_is_large_enough_stays_where_it_is() -> None:
    counts = {("E1", "staff"): 10, ("E2", "staff"): 12}
    assert coarsen(counts, parents=TREE, k=10) == {place: place for place in counts}


def test_what_is_too_small_takes_the_smallest_sibling_along() -> None:
    counts = {("E1", "staff"): 3, ("E2", "staff"): 12, ("E3", "staff"): 20}
    stored = coarsen(counts, parents=TREE, k=10)
    assert stored[("E1", "staff")] == stored[("E2", "staff")] == ("V", "staff")
    assert stored[("E3", "staff")] == ("E3", "staff")


def test_managers_count_from_where_there_are_enough_of_them() -> None:
    counts = {("E1", "staff"): 15, ("E1", "manager-1"): 1, ("V", "manager-1"): 9}
    stored = coarsen(counts, parents=TREE, k=10)
    assert stored[("E1", "manager-1")] == ("V", "manager-1")
    assert stored[("E1", "staff")] == ("E1", "staff")


def test_a_level_too_small_in_the_whole_region_loses_its_level_and_takes_another_along() -> None:
    counts = {("E1", "staff"): 15, ("E2", "staff"): 11, ("R", "director"): 2}
    stored = coarsen(counts, parents=TREE, k=10)
    assert stored[("R", "director")] == stored[("E2", "staff")] == ("R", "")
    assert stored[("E1", "staff")] == ("E1", "staff")


def test_several_trees_do_not_mix_unless_they_must() -> None:
    parents: Parents = {"A": None, "B": None}
    assert coarsen({("A", "staff"): 4, ("B", "staff"): 30}, parents=parents, k=10) == {
        ("A", "staff"): (None, ""),
        ("B", "staff"): (None, ""),
    }


def test_a_unit_outside_the_tree_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        coarsen({("X", "staff"): 40}, parents=TREE, k=10)
