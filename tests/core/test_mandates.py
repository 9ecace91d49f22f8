"""When a mandate is in force, by days."""

from datetime import date, timedelta
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dialog.core.mandates import Standing, overlap, standing

Span: TypeAlias = tuple[date, date | None]
DAYS = some.dates(date(2020, 1, 1), date(2030, 12, 31))
SPANS = some.tuples(DAYS, some.one_of(some.none(), some.integers(0, 900))).map(
    lambda span: (span[0], None if span[1] is None else span[0] + timedelta(days=span[1]))
)
MARCH = (date(2026, 3, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("on", "stands"),
    [
        (date(2026, 2, 28), Standing.COMING),
        (date(2026, 3, 1), Standing.IN_FORCE),
        (date(2026, 3, 31), Standing.IN_FORCE),
        (date(2026, 4, 1), Standing.ENDED),
    ],
)
def test_a_mandate_is_in_force_from_its_first_day_through_its_last(
    on: date, stands: Standing
) -> None:
    assert standing(*MARCH, on=on) is stands


def test_without_a_last_day_it_is_in_force_until_further_notice() -> None:
    assert standing(date(2026, 3, 1), None, on=date(2099, 1, 1)) is Standing.IN_FORCE


@given(SPANS, SPANS, DAYS)
def test_two_that_are_in_force_on_one_day_overlap(one: Span, other: Span, day: date) -> None:
    both = all(standing(*span, on=day) is Standing.IN_FORCE for span in (one, other))
    assert overlap(one, other) or not both
    assert overlap(one, other) is overlap(other, one)


@given(SPANS, SPANS)
def test_two_that_overlap_are_both_in_force_on_the_day_the_later_begins(
    one: Span, other: Span
) -> None:
    day = max(one[0], other[0])
    both = all(standing(*span, on=day) is Standing.IN_FORCE for span in (one, other))
    assert overlap(one, other) is both
