"""The ranges of hidden values against an attacker who writes every program out for each class."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dialog.core.disclosure.homogeneous import alike, hide_homogeneous
from dialog.core.disclosure.ranging import hide_known_values, ranges_under, values_of
from dialog.core.disclosure.record import QUARTER
from dialog.core.disclosure.repair import protect_counts
from dialog.core.disclosure.sums import Pattern
from dialog.core.questionnaire import items
from dialog.core.tabulation import Count
from dialog.core.tree import Numbers, Tree, make_tree
from tests.core.disclosure import attackers
from tests.core.disclosure.test_counts import (
    everything,
    remainder_only,
    summed,
    table,
    threshold_only,
)
from tests.core.forms import form
from tests.core.trees import LEVELS, Parents, trees

ITEM = next(item for item in items(form()) if item.name == "fel")
WORTH = (1.0, 2.0, 3.0, 4.0, 5.0)
KS = st.sampled_from([5, 10, 20])
NOTHING = 1e-6


def answers(own: Numbers, seed: int, worth: int = len(WORTH)) -> Numbers:
    """Who gave what: each class has a mood of its own."""
    chance = np.random.default_rng(seed)
    moods = chance.dirichlet(np.full(worth, 0.7), own.shape)
    given_: Numbers = chance.multinomial(own, moods)
    return given_


def counted(tree: Tree, own: Numbers, given_: Numbers) -> Count:
    categories = summed(tree, given_)
    return Count(summed(tree, own), categories, categories @ np.array(WORTH))


def known(tree: Tree, count: Count, pattern: Pattern) -> list[attackers.Answers]:
    """What the rules of coarsening leave of each group that is shown."""
    assert count.categories is not None
    levels = count.n.shape[1]
    found = []
    for unit in range(len(tree)):
        inside = [at for at in range(len(tree)) if unit in tree.line(at)]
        shown = [tuple(range(levels))] if pattern.units[unit] else []
        shown += [(int(at),) for at in np.flatnonzero(pattern.levels[unit])]
        for columns in shown:
            classes = frozenset((u, at) for u in inside for at in columns)
            here = count.categories[unit, list(columns)].sum(axis=0)
            size = int(here.sum())
            if bool(alike(np.array(size), here)):
                most = here * 10 >= size * 9
                least = np.where(most, np.ceil(size * 0.9), 0)
                found.append(
                    attackers.Answers(classes, least, np.where(most, size, np.floor(size * 0.1)))
                )
            else:
                found.append(attackers.Answers(classes, here, here))
    return found


def true_widths(
    tree: Tree, own: Numbers, count: Count, pattern: Pattern, k: int
) -> NDArray[np.float64]:
    width = attackers.mean_ranges(known(tree, count, pattern), own, WORTH)
    width[own >= k] = np.nan
    return width


def shown_by(tree: Tree, count: Count, k: int, how: str) -> Pattern:
    if how == "threshold":
        return threshold_only(tree, count.n, k)
    if how == "remainder":
        return remainder_only(tree, count.n, k)
    pattern = protect_counts(tree, count.n, k=k, allowed=everything(tree)).pattern
    assert count.categories is not None
    return hide_homogeneous(tree, count.n, count.categories, pattern=pattern)


@settings(deadline=None, max_examples=20)
@given(
    st.data(),
    trees(largest=10),
    KS,
    st.integers(0, 999),
    st.sampled_from(["threshold", "remainder", "all"]),
)
def test_the_fast_ranges_find_exactly_the_values_that_the_slow_attacker_finds(
    data: st.DataObject, parents: Parents, k: int, seed: int, how: str
) -> None:
    tree = make_tree(parents)
    own = table(tree, data, parents)
    count = counted(tree, own, answers(own, seed))
    pattern = shown_by(tree, count, k, how)
    values = values_of(tree, ITEM, count)
    assert values is not None
    found = ranges_under(tree, count, values, pattern, k=k)
    true = true_widths(tree, own, count, pattern, k)
    assert set(found.exact) == {(int(u), int(at)) for u, at in np.argwhere(true <= NOTHING)}
    assert (np.isnan(found.width) == np.isnan(true)).all()
    assert not (found.width > true + NOTHING).any()  # never said to be wider than it is


@settings(deadline=None, max_examples=10)
@given(st.data(), trees(largest=10), KS, st.integers(0, 999))
def test_what_is_shown_in_the_end_tells_no_value_and_is_wide_enough(
    data: st.DataObject, parents: Parents, k: int, seed: int
) -> None:
    tree = make_tree(parents)
    own = table(tree, data, parents)
    count = counted(tree, own, answers(own, seed))
    pattern = hide_known_values(tree, ITEM, count, shown_by(tree, count, k, "all"), k=k).pattern
    width = true_widths(tree, own, count, pattern, k)
    assert not (width <= NOTHING).any()
    assert np.isnan(width).all() or np.nanmean(width) >= QUARTER * 4


@settings(deadline=None, max_examples=10)
@given(st.data(), trees(largest=10), KS, st.integers(0, 999))
def test_what_was_found_before_something_was_hidden_is_still_true_afterwards(
    data: st.DataObject, parents: Parents, k: int, seed: int
) -> None:
    tree = make_tree(parents)
    own = table(tree, data, parents)
    count = counted(tree, own, answers(own, seed))
    values = values_of(tree, ITEM, count)
    assert values is not None
    more = remainder_only(tree, count.n, k)
    before = ranges_under(tree, count, values, more, k=k)
    less = Pattern(more.units.copy(), more.levels.copy())
    for unit in data.draw(st.lists(st.sampled_from(range(len(tree))), max_size=3)):
        less.units[unit] = less.levels[unit] = False
    found = ranges_under(tree, count, values, less, k=k, before=before)
    assert set(found.exact) == set(ranges_under(tree, count, values, less, k=k).exact)
    true = true_widths(tree, own, count, less, k)
    assert not (found.width > true + NOTHING).any()


@pytest.mark.parametrize("careless", ["threshold", "remainder"])
def test_threshold_and_remainder_alone_let_values_be_computed(careless: str) -> None:
    """Five managers' answers: all of the unit less its staff, whom the level shows elsewhere."""
    tree = make_tree({"R": None, "F": "R", "V1": "F", "V2": "F"})
    own = np.zeros((len(tree), len(LEVELS) + 1), dtype=np.int64)
    staff, managers = LEVELS.index("staff"), LEVELS.index("manager-1")
    own[tree.position["V1"], [staff, managers]] = 60, 20
    own[tree.position["V2"], [staff, managers]] = 40, 5
    count = counted(tree, own, answers(own, 3))
    pattern = shown_by(tree, count, 10, careless)
    width = true_widths(tree, own, count, pattern, 10)
    assert width[tree.position["V2"], managers] <= NOTHING
    values = values_of(tree, ITEM, count)
    assert values is not None
    found = ranges_under(tree, count, values, pattern, k=10)
    assert list(found.exact) == [(tree.position["V2"], managers)]
    mended = hide_known_values(tree, ITEM, count, pattern, k=10).pattern
    assert true_widths(tree, own, count, mended, 10)[tree.position["V2"], managers] > 1
