"""Days as lag 1930:173 counts them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.core.negotiating import days

any_day = st.dates(date(2020, 1, 1), date(2045, 12, 31))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-06-19", "Midsummer eve, a Friday"),
        ("2026-12-24", "Christmas eve, a Thursday"),
        ("2026-12-31", "New Year's eve"),
        ("2026-01-06", "Epiphany, a Tuesday"),
        ("2026-05-14", "Ascension, a Thursday"),
        ("2026-06-06", "National day"),
        ("2026-11-28", "a Saturday"),
        ("2026-11-29", "a Sunday"),
    ],
)
def test_these_are_days_of_rest(day: str, why: str) -> None:
    assert days.is_day_of_rest(date.fromisoformat(day)), why


def test_these_are_weekdays() -> None:
    for day in ("2026-04-02", "2026-05-15", "2026-12-23", "2026-11-30", "2026-04-30"):
        assert not days.is_day_of_rest(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("begun", "ends"),
    [
        ("2026-11-30", "2026-12-14"),  # a Monday, two weeks
        ("2026-12-10", "2026-12-28"),  # the 24th to the 27th are days of rest
        ("2026-12-17", "2027-01-04"),  # New Year's eve, the new year and a weekend
        ("2026-06-05", "2026-06-22"),  # Midsummer eve
        ("2026-03-20", "2026-04-07"),  # Good Friday to Easter Monday
    ],
)
def test_two_weeks_end_on_the_same_weekday_or_the_next_that_is_none_of_rest(
    begun: str, ends: str
) -> None:
    assert days.after(date.fromisoformat(begun), weeks=2) == date.fromisoformat(ends)


@given(any_day, st.integers(0, 6))
def test_a_time_never_ends_on_a_day_of_rest_nor_before_its_weeks_are_over(
    day: date, weeks: int
) -> None:
    ends = days.after(day, weeks=weeks)
    assert not days.is_day_of_rest(ends)
    assert timedelta(0) <= ends - (day + timedelta(weeks=weeks)) <= timedelta(days=5)
    assert days.after(day + timedelta(days=1), weeks=weeks) >= ends


@given(any_day, st.integers(0, 6))
def test_the_latest_beginning_is_in_time_and_the_next_weekday_is_not(by: date, weeks: int) -> None:
    def ends(day: date) -> date:
        return days.after(day, weeks=weeks)

    begun = days.latest(ends, by=by)
    assert not days.is_day_of_rest(begun)
    later = days.on_or_after(begun + timedelta(days=1))
    assert ends(begun) <= by < max(ends(later), later + timedelta(days=1))
