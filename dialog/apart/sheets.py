"""Pages of a PDF at a glance: each a small picture, with how its text begins and whether it is
empty.
"""

from pathlib import Path
from typing import Any, Final

import pypdfium2
from PIL import Image

from dialog.apart.pdf import opened
from dialog.core.documents.kinds import Fault, UnfitError

WIDTH, HEIGHT = 600, 1_200  # of a page as it is looked at, in pixels, at most
SMALL: Final = (320, 640)
TEXT: Final = 80  # characters of a beginning
EDGE: Final = 0.05  # of each side, where a scanner sees holes and shadows
INK: Final = 70  # shades of grey between it and the paper, darker or lighter
LIGHT: Final = 128  # shades: paper is no darker. What is may be a photograph, or a black cover
SPECKS: Final = 0.0002  # of the pixels: so many are dust. A line of text is several times more


def sheets(path: str, folder: str, first: str, last: str) -> dict[str, Any]:
    """Draw the pages from `first` to `last` (from 1) to `folder`, as 1.jpeg, 2.jpeg …"""
    document = opened(path)
    numbers = range(int(first), min(int(last), len(document)) + 1)
    return {"sheets": [_sheet(document, number, Path(folder)) for number in numbers]}


def _sheet(document: pypdfium2.PdfDocument, number: int, folder: Path) -> dict[str, Any]:
    try:
        page = document[number - 1]
        width, height = page.get_size()
        picture = page.render(scale=min(WIDTH / width, HEIGHT / height)).to_pil().convert("RGB")
        text = " ".join(page.get_textpage().get_text_bounded().split())
    except (pypdfium2.PdfiumError, ZeroDivisionError, ValueError):
        raise UnfitError(Fault.BROKEN) from None
    empty = not text and _is_empty(picture.convert("L"))
    picture.thumbnail(SMALL)
    picture.save(folder / f"{number}.jpeg", "JPEG", quality=75)
    return {"begins": text[:TEXT].encode("utf-8", "ignore").decode(), "empty": empty}


def _is_empty(grey: Image.Image) -> bool:
    """Whether there is less on it than a line of text: paper is the shade that is most of it."""
    across, down = int(grey.width * EDGE), int(grey.height * EDGE)
    shades = grey.crop((across, down, grey.width - across, grey.height - down)).histogram()
    total = sum(shades)
    paper = shades.index(max(shades))
    ink = sum(shades[: max(0, paper - INK)]) + sum(shades[paper + INK :])
    return total > 0 and paper >= LIGHT and ink < total * SPECKS
