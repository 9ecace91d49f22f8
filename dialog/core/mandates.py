"""When a mandate is in force, whether two are at once, and when an ended one is disposed of.

Days in Sweden; the last day is included, and without one a mandate is in force until further
notice.
"""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum


class Standing(StrEnum):
    COMING = "coming"
    IN_FORCE = "in-force"
    ENDED = "ended"


def standing(starts_on: date, ends_on: date | None, *, on: date) -> Standing:
    """Where a mandate stands on a day."""
    if on < starts_on:
        return Standing.COMING
    return Standing.ENDED if ends_on is not None and on > ends_on else Standing.IN_FORCE


def overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Whether two spans (first day, last day) share a day."""
    return all(
        last is None or first <= last for first, last in ((one[0], other[1]), (other[0], one[1]))
    )


def disposed_of_on(ends_on: date, *, months: int) -> date:
    """The first day on which a mandate that was kept so many months after its last day is gone.
    A month that is too short ends on its own last day.
    """
    year, month = divmod(ends_on.month - 1 + months, 12)
    year, month = ends_on.year + year, month + 1
    day = min(ends_on.day, monthrange(year, month)[1])
    return date(year, month, day) + timedelta(days=1)
