from hypothesis import given
from hypothesis import strategies as st

from dialog.core.meetings.seats import seated

PEOPLE = st.lists(st.booleans(), max_size=30).map(
    lambda have: [(number, has) for number, has in enumerate(have)]
)


def test_whoever_asked_first_is_seated_first() -> None:
    assert seated([("a", True), ("b", False), ("c", False)], capacity=2) == (["a", "b"], ["c"])


def test_without_a_limit_everybody_is_seated() -> None:
    assert seated([("a", False), ("b", False)], capacity=None) == (["a", "b"], [])


@given(PEOPLE, st.integers(1, 20))
def test_nobody_loses_a_seat_and_no_seat_is_free_while_somebody_waits(
    wanting: list[tuple[int, bool]], capacity: int
) -> None:
    have, waiting = seated(wanting, capacity=capacity)
    assert {who for who, has in wanting if has} <= set(have)
    assert sorted(have + waiting) == [who for who, _has in wanting]
    assert not waiting or len(have) >= capacity
    assert waiting == sorted(waiting)
