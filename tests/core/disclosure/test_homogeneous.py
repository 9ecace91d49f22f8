"""Of few people "minst 90 %" would say it of them all; of ten it does not."""

import numpy as np
import pytest

from dialog.core.disclosure.homogeneous import hide_homogeneous
from dialog.core.disclosure.sums import Pattern
from dialog.core.tree import make_tree

TREE = make_tree({"R": None, "A": "R", "B": "R"})


def shown(alike: int, others: int) -> tuple[bool, bool]:
    """Whether a question of A is shown, for all levels and for the one, where so many answered the
    same and so many something else; in B people disagree.
    """
    own = np.zeros((3, 2, 2), dtype=np.int64)
    own[TREE.position["A"], 0] = (alike, others)
    own[TREE.position["B"], 0] = (20, 20)
    own[TREE.position["R"]] = own.sum(axis=0)
    everything = Pattern(np.ones(3, dtype=bool), np.ones((3, 1), dtype=bool))
    found = hide_homogeneous(TREE, own.sum(axis=-1), own, pattern=everything)
    at = TREE.position["A"]
    return bool(found.units[at]), bool(found.levels[at, 0])


@pytest.mark.parametrize(("alike", "others"), [(5, 0), (9, 0), (8, 0)])
def test_a_question_that_few_answered_alike_is_hidden(alike: int, others: int) -> None:
    assert shown(alike, others) == (False, False)


@pytest.mark.parametrize(("alike", "others"), [(9, 1), (10, 0), (5, 1), (8, 1)])
def test_of_ten_or_of_those_who_disagree_it_is_shown(alike: int, others: int) -> None:
    assert shown(alike, others) == (True, True)
