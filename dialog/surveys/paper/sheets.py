"""A4 sheets of slips to cut apart, as PDF: each with a code to type and the same way in as QR.

The slips come in the order in which they are given, which `rounds.stacks` has shuffled. Nothing
numbers them, and the file tells neither when nor in which order it was made.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import typst

from dialog.surveys.paper.slip_words import SlipWords
from dialog.web import qr, typefaces

TEMPLATE: Final = Path(__file__).parent / "sheets.typ"
ROWS: Final = {1: 5, 2: 4}  # of two slips each on a sheet, by the number of languages


@dataclass(frozen=True)
class Slip:
    """One way in: the code as it is typed, and the whole address with the secret after #."""

    code: str
    link: str


def pdf(slips: Sequence[Slip], words: Sequence[SlipWords]) -> bytes:
    """A sheet of advice for whoever hands them out, then the slips, as tagged PDF/UA-1."""
    data = {
        "words": [asdict(each) for each in words],
        "slips": [{"code": each.code, "qr": qr.drawing(each.link)} for each in slips],
        "rows": ROWS[len(words)],
    }
    # Words go in as data, never as markup: a title with a # is a title.
    made = typst.compile(
        str(TEMPLATE),
        font_paths=[str(typefaces.FOLDER)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards="ua-1",
        format="pdf",
    )
    assert isinstance(made, bytes)  # one document, not a list of pages
    return made
