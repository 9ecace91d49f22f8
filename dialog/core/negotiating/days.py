"""Days that the law counts: weeks from a day, moved off days of rest (lag 1930:173).

A time in weeks ends on the day of the week on which it began (1 §). Where its last day is a Sunday
or another holiday, a Saturday, or the eve of Midsummer, Christmas or the New Year, it ends on the
next weekday (2 §). The holidays are those of lag 1989:253, as the library `holidays` knows them.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

import holidays

SATURDAY = 5
_DAY = timedelta(days=1)


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(
        holidays.country_holidays(
            "SE", years=year, categories=("public", "de_facto"), include_sundays=False
        )
    )


def is_day_of_rest(day: date) -> bool:
    return day.weekday() >= SATURDAY or day in _holidays(day.year)


def on_or_after(day: date) -> date:
    """The first weekday that is not before `day`."""
    while is_day_of_rest(day):
        day += _DAY
    return day


def on_or_before(day: date) -> date:
    """The last weekday that is not after `day`: for what people set themselves, backwards."""
    while is_day_of_rest(day):
        day -= _DAY
    return day


def after(day: date, *, weeks: int = 0, days: int = 0) -> date:
    """The last day of a time that began on `day`."""
    return on_or_after(day + timedelta(weeks=weeks, days=days))


def latest(ends: Callable[[date], date], *, by: date) -> date:
    """The last weekday on which a time can begin so that it ends no later than `by`; `ends` tells
    when one ends, never earlier for a later beginning.
    """
    day = on_or_before(by)
    while ends(day) > by:
        day = on_or_before(day - _DAY)
    return day
