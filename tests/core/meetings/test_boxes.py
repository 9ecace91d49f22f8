from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dialog.core.meetings.boxes import beginnings

START = datetime(2031, 3, 5, 12, tzinfo=UTC)


def test_items_follow_each_other_by_their_time_boxes() -> None:
    assert beginnings(START, [20, 40]) == [START, START + timedelta(minutes=20)]


def test_after_an_item_without_a_time_box_nobody_knows() -> None:
    assert beginnings(START, [20, 0, 30, 5]) == [START, START + timedelta(minutes=20), None, None]


@given(st.lists(st.integers(1, 300), max_size=20))
def test_with_every_box_known_every_beginning_is(minutes: list[int]) -> None:
    found = beginnings(START, minutes)
    assert len(found) == len(minutes)
    for number, moment in enumerate(found):
        assert moment == START + timedelta(minutes=sum(minutes[:number]))
