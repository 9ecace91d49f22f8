"""When a mandate is in force, and whether two are at once.

Days in Sweden; the last day is included, and without one a mandate is in force until further
notice.
"""

from datetime import date
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
