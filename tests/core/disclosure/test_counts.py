import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialog.core.disclosure.repair import protect_counts
from dialog.core.disclosure.sums import Pattern
from dialog.core.disclosure.suppression import CROSSED_DEPTH, remainder_rule
from dialog.core.tree import Numbers, Tree, make_tree
from tests.core.disclosure import attackers
from tests.core.trees import LEVELS, Parents, counts_over, trees

KS = st.sampled_from([5, 10, 20])


def table(tree: Tree, data: st.DataObject, parents: Parents) -> Numbers:
    own = np.zeros((len(tree), len(LEVELS) + 1), dtype=np.int64)
    for (unit, level), count in data.draw(counts_over(parents)).items():
        own[tree.position[unit], LEVELS.index(level)] += count
    for unit in data.draw(st.lists(st.sampled_from(sorted(parents)), max_size=3)):
        own[tree.position[unit], -1] += 7
    return own


def everything(tree: Tree) -> Pattern:
    levels = np.zeros((len(tree), len(LEVELS)), dtype=bool)
    levels[tree.depth <= CROSSED_DEPTH] = True
    levels[tree.depth > 0, 0] = False
    return Pattern(np.ones(len(tree), dtype=bool), levels)


def summed(tree: Tree, own: Numbers) -> Numbers:
    counts = own.copy()
    tree.sum_up(counts)
    return counts


def threshold_only(tree: Tree, counts: Numbers, k: int) -> Pattern:
    every = everything(tree)
    return Pattern(counts.sum(axis=1) >= k, every.levels & (counts[:, :-1] >= k))


def remainder_only(tree: Tree, counts: Numbers, k: int) -> Pattern:
    """The rule that looks at each breakdown for itself: over units, and over a unit's levels."""
    return remainder_rule(tree, counts, k=k, allowed=everything(tree))


def betrayed(tree: Tree, own: Numbers, pattern: Pattern, k: int) -> list[int]:
    found = attackers.subtract(attackers.published(tree, own, pattern))
    return [one.count for one in found if 0 < one.count < k]


@settings(deadline=None, max_examples=30)
@given(st.data(), trees(), KS)
def test_subtraction_finds_no_group_below_k(data: st.DataObject, parents: Parents, k: int) -> None:
    tree = make_tree(parents)
    own = table(tree, data, parents)
    counts = summed(tree, own)
    pattern = protect_counts(tree, counts, k=k, allowed=everything(tree)).pattern
    assert betrayed(tree, own, pattern, k) == []


@settings(deadline=None, max_examples=30)
@given(st.data(), trees(largest=12), KS)
def test_every_hidden_class_may_be_as_large_as_k(
    data: st.DataObject, parents: Parents, k: int
) -> None:
    tree = make_tree(parents)
    own = table(tree, data, parents)
    counts = summed(tree, own)
    pattern = protect_counts(tree, counts, k=k, allowed=everything(tree)).pattern
    bounds = attackers.largest(attackers.published(tree, own, pattern), own)
    assert not ((bounds > 0) & (bounds < k)).any()


@settings(deadline=None, max_examples=30)
@given(st.data(), trees(largest=12))
def test_less_than_a_safe_pattern_is_safe(data: st.DataObject, parents: Parents) -> None:
    zero = data.draw(st.booleans())
    tree = make_tree(parents)
    own = table(tree, data, parents)
    counts = summed(tree, own)
    pattern = protect_counts(tree, counts, k=10, allowed=everything(tree), zero=zero).pattern
    seed = np.random.default_rng(data.draw(st.integers(0, 99)))
    less = Pattern(
        pattern.units & (seed.random(pattern.units.shape) < 0.7),
        pattern.levels & (seed.random(pattern.levels.shape) < 0.7),
    )
    bounds = attackers.largest(attackers.published(tree, own, less), own)
    assert not ((bounds > 0) & (bounds < 10)).any()


@settings(deadline=None, max_examples=30)
@given(st.data(), trees(), KS)
def test_what_was_not_allowed_stays_hidden(data: st.DataObject, parents: Parents, k: int) -> None:
    tree = make_tree(parents)
    counts = summed(tree, table(tree, data, parents))
    outer = protect_counts(tree, counts, k=5, allowed=everything(tree)).pattern
    inner = protect_counts(tree, counts, k=k, allowed=outer).pattern
    assert not (inner.units & ~outer.units).any()
    assert not (inner.levels & ~outer.levels).any()
    assert (counts.sum(axis=1)[inner.units] >= k).all()
    assert (counts[:, :-1][inner.levels] >= k).all()


SMALL: Parents = {"R": None, "F": "R", "V1": "F", "V2": "F", "V3": "F"}


def small(**staff: int) -> tuple[Tree, Numbers]:
    tree = make_tree(SMALL)
    own = np.zeros((len(tree), len(LEVELS) + 1), dtype=np.int64)
    for unit, count in staff.items():
        own[tree.position[unit], LEVELS.index("staff")] = count
    return tree, own


def test_a_small_unit_takes_its_smallest_sibling_along() -> None:
    tree, own = small(V1=4, V2=30, V3=12)
    pattern = protect_counts(tree, summed(tree, own), k=10, allowed=everything(tree)).pattern
    assert [code for code in tree.codes if pattern.units[tree.position[code]]] == ["R", "F", "V2"]


def test_nothing_is_hidden_where_all_are_large() -> None:
    tree, own = small(V1=10, V2=30, V3=12)
    pattern = protect_counts(tree, summed(tree, own), k=10, allowed=everything(tree)).pattern
    assert pattern.units.all()
    assert pattern.levels[:, LEVELS.index("staff")].all()


@pytest.mark.parametrize("careless", [threshold_only, remainder_only])
def test_careless_patterns_are_found_out_by_the_same_attackers(careless: object) -> None:
    tree = make_tree({"R": None, "F": "R", "V1": "F", "V2": "F", "V3": "V2"})
    own = np.zeros((len(tree), len(LEVELS) + 1), dtype=np.int64)
    staff, managers = LEVELS.index("staff"), LEVELS.index("manager-1")
    own[tree.position["V1"], [staff, managers]] = 60, 20
    own[tree.position["V2"], [staff, managers]] = 40, 5
    pattern = careless(tree, summed(tree, own), 10)  # type: ignore[operator]  # one of the two
    known = attackers.published(tree, own, pattern)
    bounds = attackers.largest(known, own)
    assert betrayed(tree, own, pattern, 10)
    assert ((bounds > 0) & (bounds < 10)).any()


@pytest.mark.parametrize("parents", [{}, {"A": "B", "B": "A"}, {"A": "X"}])
def test_what_is_no_tree_is_refused(parents: Parents) -> None:
    with pytest.raises(ValueError, match="nits"):
        make_tree(parents)
