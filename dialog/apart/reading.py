"""What can be read in a PDF by whoever has the file, and what of it is not seen on its pages."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

import pypdfium2

from dialog.apart.pdf import opened
from dialog.apart.seeing import picture_of, signs
from dialog.core.documents.seen import Seen, seen

SIGNS: Final = 500_000  # of the pages together that are read at once: half of the time there is


def read(path: str, first: str, last: str) -> dict[str, Any]:
    """Of the pages from `first` to `last` (from 1) each its text, in parts: words, and how much of
    them is seen. None of a page that is not there, cannot be drawn, or has too much text.
    """
    document, room, pages = opened(path), SIGNS, []
    for number in range(int(first), int(last) + 1):
        parts, taken = _page(document, number, room)
        pages.append(parts)
        room -= taken
    return {"pages": pages}


def _page(
    document: pypdfium2.PdfDocument, number: int, room: int
) -> tuple[list[tuple[str, Seen]] | None, int]:
    """Its parts, and how many signs it has."""
    try:
        page = document[number - 1]
        taken = page.get_textpage().count_chars()
        return (list(_parts(page)), taken) if taken <= room else (None, 0)
    except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError, ValueError):
        return None, 0


def _parts(page: Any) -> Iterator[tuple[str, Seen]]:
    said: list[tuple[str, Seen]] = []
    found = signs(page, picture_of(page))
    for written, word in groupby(found, key=lambda sign: bool(sign.written.strip())):
        own = list(word)
        between = said[-1][1] if said else Seen.WHOLE  # a space is as the word before it
        how = seen([sign.seen for sign in own if sign.written.isalnum()]) if written else between
        said.append(("".join(sign.written for sign in own), how))
    for how, parts in groupby(said, key=lambda part: part[1]):
        yield _plain("".join(text for text, _how in parts)), how


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").encode("utf-8", "ignore").decode()
