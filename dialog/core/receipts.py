"""What somebody who may be unknown keeps of what they sent: its number, and a code that opens it.

The code is 16 decimal digits, each equally likely: 53 bits. The number "U-2026-00012" says what was
sent by its letter, and is no secret.
"""

import re
from dataclasses import dataclass
from typing import Final

DIGITS: Final = 16
GROUP: Final = 4
_BETWEEN: Final = re.compile(r"[\s.\-–]+")
_NUMBER: Final = re.compile(r"([A-Z])[\s\-–]*(\d{4})[\s\-–/:]+(\d{1,9})")


@dataclass(frozen=True)
class ReceiptNumber:
    """Written "U-2026-00012", or "2026-00012" in a series without a letter."""

    letter: str
    year: int
    serial: int

    def __str__(self) -> str:
        number = f"{self.year:04}-{self.serial:05}"
        return f"{self.letter}-{number}" if self.letter else number


def read_number(text: str) -> ReceiptNumber | None:
    """The number as people write it: in small letters, with spaces, without zeros; or None."""
    found = _NUMBER.fullmatch(text.strip().upper())
    if found is None:
        return None
    letter, year, serial = found.groups()
    return ReceiptNumber(letter, int(year), int(serial))


def read_code(text: str) -> str | None:
    """The 16 digits of a code, however they were grouped; None if it is none."""
    digits = _BETWEEN.sub("", text)
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdigit() else None


def grouped(code: str) -> str:
    """As it is shown, to be written down: "1234 5678 9012 3456"."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
