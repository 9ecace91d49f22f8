"""The one place that asks what time it is; `core` is told."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    return datetime.now(UTC)


def midnight() -> datetime:
    """The beginning of today in Sweden: a moment that tells the day and nothing more."""
    return datetime.combine(today(), time(), STOCKHOLM)


def today() -> date:
    """The date in Sweden: deadlines and disposal are days there."""
    return now().astimezone(STOCKHOLM).date()
