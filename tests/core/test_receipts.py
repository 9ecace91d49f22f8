"""A receipt's number and code, as people write them."""

import pytest

from dialog.core import receipts
from dialog.core.receipts import ReceiptNumber


@pytest.mark.parametrize("text", ["U-2026-00012", "u 2026-12", " U2026/12 ", "u – 2026 – 012"])
def test_a_number_is_read_as_people_write_it(text: str) -> None:
    assert receipts.read_number(text) == ReceiptNumber("U", 2026, 12)
    assert str(receipts.read_number(text)) == "U-2026-00012"


def test_receipts_are_numbered_by_year() -> None:
    assert str(ReceiptNumber("", 2026, 31)) == "2026-00031"
    assert str(ReceiptNumber("", 2026, 123456)) == "2026-123456"
    assert str(ReceiptNumber("S", 2026, 12)) == "S-2026-00012"


@pytest.mark.parametrize("text", ["", "2026-12", "UU-2026-12", "U-26-12", "U-2026-1234567890"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert receipts.read_number(text) is None


def test_a_code_is_read_with_or_without_its_groups() -> None:
    code = "0123456789012345"
    assert receipts.read_code(receipts.grouped(code)) == code
    assert receipts.read_code("0123-4567-8901-2345") == code
    for wrong in ("", code[1:], code + "0", code[:-1] + "x", code[:-1] + "²", "٠" * 16):
        assert receipts.read_code(wrong) is None
