"""When each item of an agenda begins, by the time boxes of those before it."""

from collections.abc import Sequence
from datetime import datetime, timedelta


def beginnings(starts: datetime, minutes: Sequence[int]) -> list[datetime | None]:
    """The moment at which each item begins, of a meeting that `starts` then. After an item without
    a time box (0) nobody knows: None.
    """
    found: list[datetime | None] = []
    moment: datetime | None = starts
    for box in minutes:
        found.append(moment)
        moment = moment + timedelta(minutes=box) if moment is not None and box else None
    return found
