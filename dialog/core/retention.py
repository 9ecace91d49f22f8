"""When what is kept for a time is disposed of. Days in Sweden."""

from calendar import monthrange
from datetime import date, timedelta


def disposed_of_on(last_day: date, *, months: int) -> date:
    """The first day on which what was kept so many months after its last day is gone. A month that
    is too short ends on its own last day.
    """
    year, month = divmod(last_day.month - 1 + months, 12)
    year, month = last_day.year + year, month + 1
    day = min(last_day.day, monthrange(year, month)[1])
    return date(year, month, day) + timedelta(days=1)
