"""A new PDF in which areas are redacted: every page is drawn anew, black there, over the words that
may still be read. Nothing of the old file is taken over.
"""

import ctypes
import json
import re
from collections.abc import Callable
from math import ceil, floor
from pathlib import Path
from typing import Any, Final

import pypdfium2
import typst
from PIL import Image, ImageDraw

from dialog.apart.pdf import opened
from dialog.core.documents.areas import Area, on
from dialog.core.documents.kinds import Fault, UnfitError

SCALE: Final = 2.0  # of a drawn page, to 72 dots an inch
SIDE: Final = 3_000  # pixels, at most
PAGES: Final = 30  # of a document that can be redacted
TEMPLATE: Final = Path(__file__).parent / "redacted.typ"
HIDDEN: Final = "█"
GONE: Final = "████"  # in place of any number of signs: how many there were is not told
_RUN: Final = re.compile(f"{HIDDEN}+(?:[ -]{HIDDEN}+)*")
_DRAWN: Final = range(0x250)  # what our typeface has; other signs are in the picture alone
_SOLID: Final = frozenset("-.,|_lI'`¯·")  # signs that fill the box around them with ink
_CONTRAST: Final = 60  # shades of grey, of 255, between ink and paper; less is noise in a picture
_FINE: Final = 100_000  # parts of a side, in which pdfium tells where something is

Sides = tuple[float, float, float, float]  # left, top, right, bottom, as an Area has them


def lines(path: str, number: str) -> dict[str, Any]:
    """The lines of text on a page (from 1): their words, and their sides."""
    page = opened(path)[int(number) - 1]
    text, where = page.get_textpage(), _where(page)
    found = []
    for at in range(text.count_rects()):
        box = text.get_rect(at)
        if words := text.get_text_bounded(*box).strip():
            found.append({"words": words, "sides": where(*box)})
    return {"lines": found}


def redact(path: str, out: str, folder: str, given: str) -> dict[str, Any]:
    """Write the redacted PDF to `out`; `folder` is for the pictures of its pages. `given` is JSON
    with `areas`, `fonts`, and what redacted.typ wants beside the pages. Raises UnfitError.
    """
    told = json.loads(given)
    areas = [Area.from_json(each) for each in told.pop("areas")]
    fonts = told.pop("fonts")
    document = opened(path)
    if len(document) > PAGES:
        raise UnfitError(Fault.BOMB)
    pages = [
        _page(document, number, on(areas, number), Path(folder) / f"{number}.png")
        for number in range(1, len(document) + 1)
    ]
    Path(out).write_bytes(
        typst.compile(
            TEMPLATE.read_bytes(),
            root=folder,
            font_paths=[fonts],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps({**told, "pages": pages}, ensure_ascii=False)},
            pdf_standards="ua-1",
            format="pdf",
        )
    )
    return {"left": [page["text"] for page in pages]}


def _page(
    document: pypdfium2.PdfDocument, number: int, areas: list[Area], out: Path
) -> dict[str, Any]:
    page = document[number - 1]
    width, height = page.get_size()
    picture = page.render(scale=min(SCALE, SIDE / max(width, height))).to_pil().convert("RGB")
    draw = ImageDraw.Draw(picture)
    for area in areas:
        draw.rectangle(
            (area.left * picture.width, area.top * picture.height,
             area.right * picture.width, area.bottom * picture.height),
            fill="black",
        )  # fmt: skip
    picture.save(out, "PNG")
    return {
        "picture": f"/{out.name}",
        "width": width,
        "height": height,
        "text": _left(page, areas, picture),
    }


def _left(page: Any, areas: list[Area], picture: Image.Image) -> str:
    """The words of a page, without the signs that an area touches, and without those that nobody
    sees: somebody may have "hidden" them before, in white, or under a box drawn in Word.
    """
    text, where, grey = page.get_textpage(), _where(page), picture.convert("L")
    signs = []
    for at in range(text.count_chars()):
        sign = text.get_text_range(at, 1)
        sides = where(*text.get_charbox(at, loose=True))
        if not sign.strip():
            signs.append(sign)
        elif any(area.touches(*sides) for area in areas):
            signs.append(HIDDEN)
        else:
            ink = where(*text.get_charbox(at))
            seen = ord(sign) in _DRAWN and _is_seen(grey, ink, around=sign in _SOLID)
            signs.append(sign if seen else " ")
    return _RUN.sub(GONE, "".join(signs))


def _is_seen(grey: Image.Image, sides: Sides, *, around: bool) -> bool:
    """Whether ink stands out from paper there. Only whole pixels inside count, or just `around`:
    at the edge of a box that hides a sign there is paper, too.
    """
    left, top = sides[0] * grey.width, sides[1] * grey.height
    right, bottom = sides[2] * grey.width, sides[3] * grey.height
    box = (ceil(left), ceil(top), floor(right), floor(bottom))
    if around:
        box = (floor(left) - 1, floor(top) - 1, ceil(right) + 1, ceil(bottom) + 1)
    box = (max(0, box[0]), max(0, box[1]), min(grey.width, box[2]), min(grey.height, box[3]))
    if box[0] >= box[2] or box[1] >= box[3]:
        return False
    shades: Any = grey.crop(box).getextrema()  # of one band: the darkest and the lightest
    return bool(shades[1] - shades[0] >= _CONTRAST)


def _where(page: Any) -> Callable[[float, float, float, float], Sides]:
    """From a box in the page's own measure (left, bottom, right, top) to parts of the page as it is
    drawn: turned, and cut, as the file says.
    """
    raw = pypdfium2.raw

    def point(x: float, y: float) -> tuple[float, float]:
        to_x, to_y = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, x, y, to_x, to_y)
        return to_x.value / _FINE, to_y.value / _FINE

    def box(left: float, bottom: float, right: float, top: float) -> Sides:
        (a, b), (c, d) = point(left, top), point(right, bottom)
        return min(a, c), min(b, d), max(a, c), max(b, d)

    return box
