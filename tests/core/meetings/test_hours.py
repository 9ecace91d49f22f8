from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.core.meetings.hours import NoSuchTimeError, at, span

SWEDEN = ZoneInfo("Europe/Stockholm")


def test_an_hour_in_winter_is_one_hour_behind_and_in_summer_two() -> None:
    assert at(date(2027, 1, 14), time(13), zone=SWEDEN) == datetime(2027, 1, 14, 12, tzinfo=UTC)
    assert at(date(2027, 7, 14), time(13), zone=SWEDEN) == datetime(2027, 7, 14, 11, tzinfo=UTC)


def test_the_hour_that_the_clock_skips_is_no_time() -> None:
    with pytest.raises(NoSuchTimeError):
        at(date(2027, 3, 28), time(2, 30), zone=SWEDEN)


def test_of_the_hour_that_comes_twice_the_first_is_meant() -> None:
    first = at(date(2027, 10, 31), time(2, 30), zone=SWEDEN)
    assert first == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_a_meeting_across_midnight_ends_the_next_day() -> None:
    starts, ends = span(date(2027, 1, 14), time(22), time(1), zone=SWEDEN)
    assert ends - starts == timedelta(hours=3)


def test_a_meeting_across_the_change_of_the_clock_is_as_long_as_it_is() -> None:
    starts, ends = span(date(2027, 3, 27), time(23), time(4), zone=SWEDEN)
    assert ends - starts == timedelta(hours=4)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.times(), st.times())
def test_every_meeting_begins_when_the_clock_says_and_ends_within_a_day(
    day: date, begins: time, ends: time
) -> None:
    try:
        first, last = span(day, begins, ends, zone=SWEDEN)
    except NoSuchTimeError:
        return
    assert first.astimezone(SWEDEN).replace(tzinfo=None) == datetime.combine(day, begins)
    assert last.astimezone(SWEDEN).time() == ends
    assert timedelta(0) < last - first <= timedelta(hours=25)
