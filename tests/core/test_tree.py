"""Trees of units: the way up is the same by parents and by positions."""

import pytest
from hypothesis import given

from dialog.core.tree import line_of, make_tree
from tests.core.trees import Parents, trees


@given(trees())
def test_the_way_up_by_parents_is_the_way_up_the_tree(parents: Parents) -> None:
    tree = make_tree(parents)
    for at, code in enumerate(tree.codes):
        assert line_of(code, parents) == [tree.codes[up] for up in tree.line(at)]


@pytest.mark.parametrize(("start", "found"), [(None, []), ("R", ["R"]), ("A", ["A", "R"])])
def test_the_way_up_begins_at_the_unit_itself(start: str | None, found: list[str]) -> None:
    assert line_of(start, {"A": "R", "R": None}) == found
