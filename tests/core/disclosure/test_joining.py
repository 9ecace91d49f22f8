"""Result groups: what is proposed, and that joined units are met as any unit is."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialog.core.disclosure.coarsening import Place
from dialog.core.disclosure.foreseeing import foresee
from dialog.core.disclosure.joining import ResultGroup, coarsen_joined, homes, join
from dialog.core.disclosure.policy import ALL_TABLES, LEVELS, declared
from dialog.core.disclosure.proposing import propose
from dialog.core.disclosure.repair import protect_counts
from dialog.core.disclosure.sums import own_counts
from dialog.core.tree import make_tree
from tests.core.disclosure import attackers
from tests.core.trees import Parents, counts_over, trees

PERCENTS = st.sampled_from([30, 50, 60, 70, 100])


def below(unit: str, parents: Parents) -> set[str]:
    found = {unit}
    for each in sorted(parents, key=lambda code: len(line(code, parents))):
        if parents[each] in found:
            found.add(each)
    return found


def line(unit: str, parents: Parents) -> list[str]:
    above = parents[unit]
    return [unit, *(line(above, parents) if above is not None else [])]


def expected(units: set[str], people: dict[Place, int], percent: int) -> float:
    """Answers at the level that has most."""
    levels: Counter[str] = Counter()
    for (unit, level), number in people.items():
        if unit in units:
            levels[level] += number
    return max(levels.values(), default=0) * percent / 100


@given(st.data(), trees(40), PERCENTS, st.sampled_from([5, 10]))
def test_a_proposal_joins_what_is_small_and_touches_nothing_else(
    data: st.DataObject, parents: Parents, percent: int, k: int
) -> None:
    people = data.draw(counts_over(parents))
    groups = propose(parents, people, percent=percent, k=k)
    joined = [unit for group in groups for unit in group]
    assert len(joined) == len(set(joined))
    for group in groups:
        assert len(group) > 1
        assert len({parents[unit] for unit in group}) == 1
        assert parents[group[0]] is not None
        for unit in group:
            assert 0 < expected(below(unit, parents), people, percent) < k
        inside = set().union(*(below(unit, parents) for unit in group))
        assert expected(inside, people, percent) >= k


@given(st.data(), trees(40), PERCENTS)
def test_where_the_small_units_of_a_parent_are_enough_together_all_are_joined(
    data: st.DataObject, parents: Parents, percent: int
) -> None:
    people = data.draw(counts_over(parents))
    joined = {unit for group in propose(parents, people, percent=percent, k=10) for unit in group}
    for parent in parents:
        small = {
            unit
            for unit, above in parents.items()
            if above == parent and 0 < expected(below(unit, parents), people, percent) < 10
        }
        inside = set().union(set(), *(below(unit, parents) for unit in small))
        assert (small <= joined) == (not small or expected(inside, people, percent) >= 10)
        assert small <= joined or not small & joined


@given(st.data(), trees(), PERCENTS)
def test_the_order_of_the_input_does_not_matter(
    data: st.DataObject, parents: Parents, percent: int
) -> None:
    people = data.draw(counts_over(parents))
    turned = dict(reversed(parents.items())), dict(reversed(people.items()))
    assert propose(*turned, percent=percent, k=5) == propose(parents, people, percent=percent, k=5)


FLAT: Parents = {"R": None, **{f"E{number}": "R" for number in range(1, 9)}}


def staff(*numbers: int) -> dict[Place, int]:
    return {(f"E{at}", "staff"): number for at, number in enumerate(numbers, start=1)}


@pytest.mark.parametrize(
    ("numbers", "groups"),
    [
        ((6, 6, 6, 6), [("E1", "E2"), ("E3", "E4")]),
        ((9, 1, 1, 9), [("E1", "E2"), ("E3", "E4")]),
        ((6, 6, 30, 6, 6), [("E1", "E2"), ("E4", "E5")]),  # what passes is left alone
        ((3, 3, 3), []),  # nine can never be ten
        ((4, 4, 4, 4, 4), [("E1", "E2", "E3", "E4", "E5")]),  # 12 and 8 would not do
        ((9, 9, 1, 1, 9, 9), [("E1", "E2", "E3"), ("E4", "E5", "E6")]),  # 19 and 19
        ((0, 6, 0, 6), [("E2", "E4")]),  # nobody is in the first
    ],
)
def test_there_are_as_many_groups_as_can_be_and_as_even(
    numbers: tuple[int, ...], groups: list[tuple[str, ...]]
) -> None:
    assert propose(FLAT, staff(*numbers), percent=100, k=10) == groups


def test_people_of_different_levels_do_not_make_a_group_large_enough() -> None:
    """They are stored by level: nine of the one and nine of the other both go up."""
    nine = {("E1", "staff"): 9, ("E2", "manager-1"): 9}
    assert propose(FLAT, nine, percent=100, k=10) == []
    assert propose(FLAT, nine | {("E2", "staff"): 1}, percent=100, k=10) == [("E1", "E2")]


def test_what_is_taken_stays_as_it_is_with_all_above_and_below() -> None:
    parents: Parents = {"R": None, "V": "R", "W": "R", "A": "V", "B": "V", "C": "V"}
    people = {(unit, "staff"): 4 for unit in ("A", "B", "W")}
    assert propose(parents, people, percent=100, k=10) == [("V", "W")]
    assert propose(parents, people, percent=100, k=10, taken=("A", "B")) == []
    more = people | {("C", "staff"): 9}
    assert propose(parents, more, percent=100, k=10) == [("A", "B", "C")]
    assert propose(parents, more, percent=100, k=10, taken=("V", "W")) == []


@st.composite
def groups_in(draw: st.DrawFn, parents: Parents) -> list[ResultGroup]:
    """Groups as they may be found after the organisation has changed: of any units at all."""
    units = draw(st.permutations(sorted(parents)))
    cuts = sorted(draw(st.sets(st.integers(0, len(units)), max_size=4)))
    return [
        ResultGroup(f"~{number}", f"Grupp {number}", (*units[start:end], "GONE"))
        for number, (start, end) in enumerate(pairwise(cuts))
    ]


@given(st.data(), trees())
def test_groups_stand_between_their_units_and_what_is_above_them(
    data: st.DataObject, parents: Parents
) -> None:
    groups = data.draw(groups_in(parents))
    joined = join(parents, groups)
    make_tree(joined)  # no circle, and no parent that is no unit
    assert joined.keys() == parents.keys() | {
        group.code for group in groups if len(group.units) > 1
    }
    home = homes(joined, groups)
    for group in groups:
        assert all(unit in home for unit in group.units if unit in parents)
    for unit, group_code in home.items():
        assert group_code in line(unit, joined)


@given(st.data(), trees(), st.sampled_from([5, 10]))
def test_nothing_is_stored_finer_than_a_group_nor_for_fewer_than_k(
    data: st.DataObject, parents: Parents, k: int
) -> None:
    groups, counts = data.draw(groups_in(parents)), data.draw(counts_over(parents))
    stored = coarsen_joined(counts, parents=parents, groups=groups, k=k)
    joined = join(parents, groups)
    home = homes(joined, groups)
    sizes: Counter[tuple[str | None, str]] = Counter()
    for place, number in counts.items():
        sizes[stored[place]] += number
        at = stored[place][0]
        assert at is None or at in line(home.get(place[0], place[0]), joined)
    if sum(counts.values()) >= k:
        assert all(size == 0 or size >= k for size in sizes.values())


@settings(max_examples=40, deadline=None)
@given(st.data(), trees(12))
def test_nobody_who_subtracts_finds_fewer_than_k_in_a_tree_with_groups(
    data: st.DataObject, parents: Parents
) -> None:
    groups, counts = data.draw(groups_in(parents)), data.draw(counts_over(parents))
    joined = join(parents, groups)
    tree = make_tree(joined)
    stored = coarsen_joined(counts, parents=parents, groups=groups, k=10)
    table = np.zeros((len(tree), len(LEVELS) + 1), dtype=np.int64)
    for place, number in counts.items():
        unit, level = stored[place]
        at = tree.position[unit] if unit else 0
        table[at, LEVELS.index(level) if level else -1] += number
    tree.sum_up(table)
    allowed = declared(tree, LEVELS, ALL_TABLES)
    pattern = protect_counts(tree, table, k=10, allowed=allowed).pattern
    home = homes(joined, groups)
    assert not any(pattern.units[tree.position[unit]] for unit in home)
    known = attackers.published(tree, own_counts(tree, table), pattern)
    assert all(one.count == 0 or one.count >= 10 for one in attackers.subtract(known))


def test_a_unit_with_the_code_of_a_group_is_refused() -> None:
    with pytest.raises(ValueError, match="code of a result group"):
        join(FLAT, [ResultGroup("E8", "E1 och E2", ("E1", "E2"))])


def test_who_gets_a_result_of_their_own_is_foreseen_with_and_without_groups() -> None:
    people = staff(20, 10, 10, 3)
    group = ResultGroup("R~1", "E2 och E3", ("E2", "E3"))
    alone = foresee(FLAT, people, percent=50, k=10, tables=ALL_TABLES)
    assert (alone.people, alone.own, alone.shown) == (43, 20, frozenset({"R", "E1"}))
    joined = foresee(FLAT, people, percent=50, k=10, groups=[group], tables=ALL_TABLES)
    # E4 is left alone at the region with two answers, so that the smallest goes there too.
    assert (joined.own, joined.shown) == (20, frozenset({"R", "R~1"}))
    whole = foresee(
        FLAT, people | {("E4", "staff"): 20}, percent=50, k=10, groups=[group], tables=ALL_TABLES
    )
    assert (whole.own, whole.percent, whole.shown) == (60, 100, frozenset({"R", "E1", "E4", "R~1"}))
