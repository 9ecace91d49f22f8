"""Diary numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.core.diary import numbers
from dialog.core.diary.numbers import DiaryNumber


@given(
    st.text("ABCÅÄÖ", min_size=1, max_size=8),
    st.integers(1000, 9999),
    st.integers(1, 999_999_999),
    st.none() | st.integers(1, 999_999),
)
def test_a_number_is_read_as_it_was_written(
    letters: str, year: int, serial: int, document: int | None
) -> None:
    number = DiaryNumber(letters, year, serial, document)
    assert numbers.read(str(number)) == number
    assert numbers.read(str(number).lower()) == number
    assert number.matter.of_document(document or 1).matter == number.matter


@pytest.mark.parametrize(
    "text",
    [
        "RS 2026-00417",
        "rs 2026-417",
        "RS2026-00417",
        " RS 2026/417 ",
        "RS 2026 – 00417",
        "RS 2026:417",
    ],
)
def test_it_is_found_however_people_write_it(text: str) -> None:
    assert str(numbers.read(text)) == "RS 2026-00417"


@pytest.mark.parametrize(
    "text", ["", "RS", "2026-00417", "RS 26-417", "RS 2026-0", "RS 2026-1-0", "RS 2026-1-2-3"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert numbers.read(text) is None


def test_documents_are_ordered_by_number_and_not_by_letters() -> None:
    matter = DiaryNumber("RS", 2026, 417)
    assert min(matter.of_document(10), matter.of_document(9)) == matter.of_document(9)
    assert str(matter.of_document(10)) == "RS 2026-00417-10"
