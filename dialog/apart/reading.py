"""What can be read in a PDF by whoever has the file, and what of it is not seen on its pages."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from dialog.apart.pdf import TEXT, opened
from dialog.apart.seeing import Sign, picture_of, signs


def read(path: str, first: str, last: str) -> dict[str, Any]:
    """Of the pages from `first` to `last` (from 1) each its text, in parts: words, and whether they
    are seen.
    """
    document = opened(path)
    numbers = range(int(first), min(int(last), len(document)) + 1)
    return {"pages": [_parts(document[number - 1]) for number in numbers]}


def _parts(page: Any) -> list[tuple[str, bool]]:
    said: list[tuple[str, bool]] = []
    found = list(signs(page, picture_of(page)))[:TEXT]
    for written, word in groupby(found, key=lambda sign: bool(sign.written.strip())):
        own = list(word)
        seen = _is_seen(own) if written else (not said or said[-1][1])
        said.append(("".join(sign.written for sign in own), seen))
    return [
        (_plain("".join(text for text, _seen in parts)), seen)
        for seen, parts in groupby(said, key=lambda part: part[1])
    ]


def _is_seen(word: Sequence[Sign]) -> bool:
    """Whether half of its letters and figures are: of small and thin ones some never are."""
    letters = [sign for sign in word if sign.written.isalnum()]
    return 2 * sum(sign.seen for sign in letters) >= len(letters)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").encode("utf-8", "ignore").decode()
