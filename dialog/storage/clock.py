"""The one place that asks what time it is; `core` is told."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    """The date in Sweden: deadlines and disposal are days there."""
    return now().astimezone(STOCKHOLM).date()
