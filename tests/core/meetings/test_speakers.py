"""In which order people speak."""

from dialog.core.meetings.speakers import Share, Turn, queue, share


def numbers(waiting: list[Turn], *, spoken: set[str], new_first: bool = True) -> list[int]:
    return [turn.number for turn in queue(waiting, spoken=spoken, new_first=new_first)]


def test_replies_come_first_then_those_who_have_not_spoken_each_in_the_order_they_asked() -> None:
    waiting = [Turn(1, "a"), Turn(2, "b"), Turn(3, "c"), Turn(4, "a", reply=True)]
    assert numbers(waiting, spoken={"a"}) == [4, 2, 3, 1]
    assert numbers(waiting, spoken={"a"}, new_first=False) == [4, 1, 2, 3]
    assert numbers(waiting[::-1], spoken=set()) == [4, 1, 2, 3]


def test_time_is_summed() -> None:
    assert share([60, 5]) == Share(2, 65)
    assert share([]) == Share(0, 0)
