"""How long letters to an authority take: when a handler is reminded, and how days are spread."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

REMINDERS: Final = (-7, -1, 1)  # days from the promised one
REMINDED_LATE: Final = 3  # days that a reminder is still sent after its own day


def reminder_due(promised: date, today: date) -> int | None:
    """Which of REMINDERS is to be sent today, if any: the last whose day has come lately."""
    come = [days for days in REMINDERS if 0 <= (today - promised).days - days < REMINDED_LATE]
    return max(come, default=None)


@dataclass(frozen=True)
class Spread:
    """Days that something took: of how many, the fewest, the quartiles, the most."""

    number: int
    least: int
    lower: float
    median: float
    upper: float
    most: int


def spread(days: Sequence[int]) -> Spread | None:
    """Quartiles with the ends counted (R's type 7); None of nothing."""
    if not days:
        return None
    lower, median, upper = (
        statistics.quantiles(days, n=4, method="inclusive") if len(days) > 1 else [days[0]] * 3
    )
    return Spread(len(days), min(days), lower, median, upper, max(days))
