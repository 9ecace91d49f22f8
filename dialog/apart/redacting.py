"""A new PDF in which areas are redacted: every page is drawn anew, black there, over the words that
may still be read. Nothing of the old file is taken over.
"""

import json
import re
from pathlib import Path
from typing import Any, Final

import pypdfium2
import typst
from PIL import Image, ImageDraw

from dialog.apart.pdf import opened
from dialog.apart.seeing import picture_of, signs, where
from dialog.core.documents.areas import Area, on
from dialog.core.documents.kinds import Fault, UnfitError

PAGES: Final = 30  # of a document that can be redacted
TEMPLATE: Final = Path(__file__).parent / "redacted.typ"
HIDDEN: Final = "█"
GONE: Final = "████"  # in place of any number of signs: how many there were is not told
_RUN: Final = re.compile(f"{HIDDEN}+(?:[ -]{HIDDEN}+)*")
_DRAWN: Final = range(0x250)  # what our typeface has; other signs are in the picture alone


def lines(path: str, number: str) -> dict[str, Any]:
    """The lines of text on a page (from 1): their words, and their sides."""
    page = opened(path)[int(number) - 1]
    text, place = page.get_textpage(), where(page)
    found = []
    for at in range(text.count_rects()):
        box = text.get_rect(at)
        if words := text.get_text_bounded(*box).strip():
            found.append({"words": words, "sides": place(*box)})
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
    picture = picture_of(page)
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
    left = []
    for sign in signs(page, picture):
        if not sign.written.strip():
            left.append(sign.written)
        elif any(area.touches(*sign.sides) for area in areas):
            left.append(HIDDEN)
        else:
            left.append(sign.written if sign.seen and ord(sign.written) in _DRAWN else " ")
    return _RUN.sub(GONE, "".join(left))
