"""Diary numbers: of a matter "RS 2026-00417", of its third document "RS 2026-00417-3".

The form is that of the region's own diaries. Each authority has its letters, and each year its
series of numbers from 1 on.
"""

import re
from dataclasses import dataclass
from typing import Final

DIGITS: Final = 5  # at the least
_LETTERS: Final = r"[A-ZÅÄÖ]{1,8}"
_NUMBER: Final = re.compile(
    rf"({_LETTERS})\s*(\d{{4}})\s*[-–/:]\s*(\d{{1,9}})(?:\s*[-–/:]\s*(\d{{1,6}}))?"
)
_ABBREVIATION: Final = re.compile(_LETTERS)


@dataclass(frozen=True, order=True)
class DiaryNumber:
    """A matter's number, or with `document` (1, 2, 3 …) that of a document in it."""

    letters: str
    year: int
    serial: int
    document: int | None = None

    def __str__(self) -> str:
        matter = f"{self.letters} {self.year:04}-{self.serial:0{DIGITS}}"
        return matter if self.document is None else f"{matter}-{self.document}"

    @property
    def slug(self) -> str:
        """The matter's number as it stands in an address: "RS-2026-00417"."""
        return str(self.matter).replace(" ", "-")

    @property
    def matter(self) -> "DiaryNumber":
        return DiaryNumber(self.letters, self.year, self.serial)

    def of_document(self, document: int) -> "DiaryNumber":
        return DiaryNumber(self.letters, self.year, self.serial, document)


def read(text: str) -> DiaryNumber | None:
    """The number that somebody has written, in small letters, without zeros or with a slash, as
    people do; None if it is none.
    """
    found = _NUMBER.fullmatch(text.strip().upper())
    if found is None:
        return None
    letters, year, serial, document = found.groups()
    number = DiaryNumber(letters, int(year), int(serial), int(document) if document else None)
    return number if number.serial and number.document != 0 else None


def is_abbreviation(text: str) -> bool:
    """Whether an authority can have these letters."""
    return _ABBREVIATION.fullmatch(text) is not None
