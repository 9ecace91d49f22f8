"""Seeing a page of a PDF as it is drawn: the signs of its text, and whether they show there."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil, floor
from typing import Any, Final

import pypdfium2
from PIL import Image

SCALE: Final = 2.0  # of a drawn page, to 72 dots an inch
SIDE: Final = 3_000  # pixels, at most
_SOLID: Final = frozenset("-.,|_lI'`¯·")  # signs that fill the box around them with ink
_CONTRAST: Final = 60  # shades of grey, of 255, between ink and paper; less is noise in a picture
_FINE: Final = 100_000  # parts of a side, in which pdfium tells where something is

Sides = tuple[float, float, float, float]  # left, top, right, bottom, as an Area has them


@dataclass(frozen=True)
class Sign:
    """`seen`: ink stands out from paper where it is. What is not written, as a space, is not."""

    written: str
    sides: Sides
    seen: bool


def picture_of(page: pypdfium2.PdfPage) -> Image.Image:
    width, height = page.get_size()
    drawn: Image.Image = page.render(scale=min(SCALE, SIDE / max(width, height))).to_pil()
    return drawn.convert("RGB")


def signs(page: pypdfium2.PdfPage, picture: Image.Image) -> Iterator[Sign]:
    """Of the page's text, in its order. `picture` is of the page, where something may be drawn
    over.
    """
    text, place, grey = page.get_textpage(), where(page), picture.convert("L")
    for at in range(text.count_chars()):
        sign = text.get_text_range(at, 1)
        seen = bool(sign.strip()) and _is_seen(
            grey, place(*text.get_charbox(at)), around=sign in _SOLID
        )
        yield Sign(sign, place(*text.get_charbox(at, loose=True)), seen)


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


def where(page: Any) -> Callable[[float, float, float, float], Sides]:
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
