"""The audit against an attacker who writes the whole program out: neither pools nor remainders."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialog.core.disclosure.audit import audit
from dialog.core.disclosure.repair import protect_counts, repair
from dialog.core.disclosure.sums import Layer, Pattern, published_sums
from dialog.core.disclosure.suppression import remainder_rule
from dialog.core.tree import Numbers, Tree, make_tree
from tests.core.disclosure import attackers
from tests.core.disclosure.test_counts import everything, summed, table, threshold_only
from tests.core.trees import LEVELS, Parents, trees

KS = st.sampled_from([5, 10, 20])


def layer(tree: Tree, own: Numbers, pattern: Pattern, k: int) -> Layer:
    return Layer(own, (published_sums(tree, pattern),), k)


@settings(deadline=None, max_examples=25)
@given(st.data(), trees(largest=12), KS, st.sampled_from([threshold_only, None]))
def test_the_audit_finds_what_the_attacker_finds(
    data: st.DataObject, parents: Parents, k: int, careless: object
) -> None:
    tree = make_tree(parents)
    own = table(tree, data, parents)
    counts = summed(tree, own)
    if careless is None:
        pattern = remainder_rule(tree, counts, k=k, allowed=everything(tree))
    else:
        pattern = threshold_only(tree, counts, k)
    bounds = attackers.largest(attackers.published(tree, own, pattern), own)
    found = audit([layer(tree, own, pattern, k)])
    assert bool(found.betrayed) == bool(((own > 0) & (bounds < k)).any())
    for one in found.betrayed:
        assert bounds[one.place, one.level] == one.most


@settings(deadline=None, max_examples=25)
@given(st.data(), trees(largest=10), KS)
def test_two_counts_within_each_other_are_safe_jointly(
    data: st.DataObject, parents: Parents, k: int
) -> None:
    tree = make_tree(parents)
    own = table(tree, data, parents)
    chance = np.random.default_rng(data.draw(st.integers(0, 99)))
    answered = chance.binomial(own, data.draw(st.sampled_from([0.5, 0.8, 0.96])))
    groups = protect_counts(tree, summed(tree, own), k=k, allowed=everything(tree)).pattern
    question = protect_counts(
        tree,
        summed(tree, answered),
        k=k,
        allowed=groups,
        outer=[layer(tree, own, groups, k)],
    ).pattern
    people, answers = attackers.largest_within(
        attackers.published(tree, own, groups),
        attackers.published(tree, answered, question),
        own,
    )
    assert not ((own > 0) & (people < k)).any()
    assert not ((answered > 0) & (answers < k)).any()


def crossing() -> tuple[Tree, Numbers]:
    tree = make_tree({"R": None, "F": "R", "V1": "F", "V2": "F", "V3": "V2"})
    own = np.zeros((len(tree), len(LEVELS) + 1), dtype=np.int64)
    staff, managers = LEVELS.index("staff"), LEVELS.index("manager-1")
    own[tree.position["V1"], [staff, managers]] = 60, 20
    own[tree.position["V2"], [staff, managers]] = 40, 5
    return tree, own


@pytest.mark.parametrize("careless", [threshold_only, None])
def test_threshold_and_remainder_rule_alone_do_not_pass(careless: object) -> None:
    tree, own = crossing()
    counts = summed(tree, own)
    pattern = remainder_rule(tree, counts, k=10, allowed=everything(tree))
    if careless is not None:
        pattern = threshold_only(tree, counts, 10)
    found = audit([layer(tree, own, pattern, 10)])
    assert [one.most for one in found.betrayed] == [5]
    assert found.exact == 1


def test_repair_hides_little_and_no_unit() -> None:
    tree, own = crossing()
    counts = summed(tree, own)
    start = remainder_rule(tree, counts, k=10, allowed=everything(tree))
    repaired = repair(tree, counts, start, k=10)
    assert repaired.hidden == 1
    assert (repaired.pattern.units == start.units).all()
    assert repaired.proof.betrayed == ()


def test_what_two_counts_leave_open_they_may_settle_jointly() -> None:
    """V2 is 20 managers, says the one; of all managers 37 answered, and 20 in V1, says the other:
    so 17 at the least are managers in V1, and 3 at the most are not.
    """
    tree = make_tree({"R": None, "V1": "R", "V2": "R"})
    staff, manager = LEVELS.index("staff"), LEVELS.index("manager-1")
    own = np.zeros((len(tree), len(LEVELS) + 1), dtype=np.int64)
    own[tree.position["V1"], [staff, manager]] = 13, 17
    own[tree.position["V2"], manager] = 20
    answered = own.copy()
    answered[tree.position["V1"], staff] = 3
    groups = Pattern(np.ones(len(tree), dtype=bool), summed(tree, own)[:, :-1] >= 10)
    question = Pattern(np.zeros(len(tree), dtype=bool), np.zeros_like(groups.levels))
    question.units[tree.position["V1"]] = True
    question.levels[tree.position["R"], manager] = True
    layers = [layer(tree, own, groups, 10), layer(tree, answered, question, 10)]
    assert not audit(layers[:1]).betrayed
    assert not audit(layers[1:]).betrayed
    assert [one.most for one in audit(layers).betrayed] == [3]


def test_insiders_are_a_larger_k() -> None:
    tree, own = crossing()
    counts = summed(tree, own)
    for insiders in (1, 2):
        pattern = protect_counts(tree, counts, k=10 + insiders, allowed=everything(tree)).pattern
        bounds = attackers.largest(attackers.published(tree, own, pattern), own)
        assert bounds[own > 0].min() >= 10 + insiders
