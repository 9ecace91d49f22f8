"""A meeting's beginning and end from what is written on a form: a day and two times of a clock.

Clocks are put forward and back (EU directive 2000/84/EC). In the hour that is left out nothing can
begin; in the hour that comes twice the first is meant. A meeting that ends before it begins ends on
the next day.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

LONGEST = timedelta(hours=24)


class NoSuchTimeError(ValueError):
    """The clock skips this time on this day."""


def span(day: date, begins: time, ends: time, *, zone: tzinfo) -> tuple[datetime, datetime]:
    """The two moments (UTC). Equal times are a meeting of a whole day.

    Raises NoSuchTimeError where the clock of `zone` never shows one of them.
    """
    starts = at(day, begins, zone=zone)
    finishes = at(day, ends, zone=zone)
    if finishes <= starts:
        finishes = at(day + timedelta(days=1), ends, zone=zone)
    return starts, finishes


def at(day: date, clock: time, *, zone: tzinfo) -> datetime:
    """The moment (UTC) at which the clock of `zone` first shows a time of a day."""
    local = datetime.combine(day, clock, tzinfo=zone).replace(fold=0)
    moment = local.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTimeError
    return moment
