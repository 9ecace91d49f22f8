"""When what is kept for a time is gone."""

from datetime import date

import pytest

from dialog.core.retention import disposed_of_on


@pytest.mark.parametrize(
    ("ended", "months", "gone"),
    [
        (date(2026, 3, 15), 24, date(2028, 3, 16)),
        (date(2026, 12, 31), 2, date(2027, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2026, 3, 15), 0, date(2026, 3, 16)),
    ],
)
def test_what_has_ended_is_kept_so_many_months(ended: date, months: int, gone: date) -> None:
    assert disposed_of_on(ended, months=months) == gone
