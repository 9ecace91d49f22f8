"""Pages of a batch become letters by where they begin and by what is skipped."""

import pytest

from dialog.core.cutting import letters, spans


@pytest.mark.parametrize(
    ("begins", "skipped", "found"),
    [
        (set(), set(), [(1, 2, 3, 4, 5)]),
        ({3}, set(), [(1, 2), (3, 4, 5)]),
        ({3, 5}, {2}, [(1,), (3, 4), (5,)]),
        ({3}, {3}, [(1, 2), (4, 5)]),  # a separating page: the letter begins at the next one
        ({1, 2}, {1}, [(2, 3, 4, 5)]),
        ({4, 5}, {4, 5}, [(1, 2, 3)]),
        (set(), {1, 2, 3, 4, 5}, []),
    ],
)
def test_a_letter_begins_where_it_is_said_to(
    begins: set[int], skipped: set[int], found: list[tuple[int, ...]]
) -> None:
    assert letters(5, begins=begins, skipped=skipped) == found


def test_pages_are_named_in_runs() -> None:
    assert spans((1, 2, 3, 5, 7, 8)) == "1–3, 5, 7–8"
