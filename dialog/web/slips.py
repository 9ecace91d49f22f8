"""A4 sheets of slips to cut apart, as PDF: each with a code to type and the same way in as QR.

The slips come in the order in which they are given, which whoever made them has shuffled. Nothing
numbers them, and the file tells neither when nor in which order it was made.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from dialog.web import qr, typesetting

TEMPLATE: Final = Path(__file__).parent / "slips.typ"
ROWS: Final = {1: 5, 2: 4}  # of two slips each on a sheet, by the number of languages


@dataclass(frozen=True)
class Slip:
    """One way in: the code as it is typed, and the whole address with the secret after #."""

    code: str
    link: str


@dataclass(frozen=True)
class SlipWords:
    """A slip's words in one language: who asks, for what, how, and with what protection."""

    language: str
    asks: str
    title: str
    how: str
    protection: str
    place: str  # one more sentence, or empty
    cover: tuple[str, ...]  # heading, what the pile is, and what to do with it


def pdf(slips: Sequence[Slip], words: Sequence[SlipWords]) -> bytes:
    """A sheet of advice for whoever hands them out, then the slips, as tagged PDF/UA-1."""
    data = {
        "words": [asdict(each) for each in words],
        "slips": [{"code": each.code, "qr": qr.drawing(each.link)} for each in slips],
        "rows": ROWS[len(words)],
    }
    return typesetting.pdf(TEMPLATE, data)
