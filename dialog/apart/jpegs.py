"""JPEG and JPEG 2000 pictures in a PDF, without what a camera or a program noted in them: who,
where, and small pictures of what it was before. What is drawn stays bit by bit.
"""

import re
from typing import Any, Final

import pikepdf

from dialog.core.documents.kinds import Fault, UnfitError

# Markers (ITU-T T.81, table B.1) by their last byte.
_BEGIN: Final = b"\xff\xd8"
_END: Final = b"\xff\xd9"
_ALONE: Final = frozenset({0x00, 0x01, *range(0xD0, 0xD9), 0xFF})  # nothing belongs to them
_SCAN: Final = 0xDA
_NOTES: Final = frozenset({*range(0xE0, 0xF0), 0xFE})  # of programs, and comments
_ADOBE: Final = 0xEE  # says how its colours are meant
_JFIF: Final = 0xE0  # says it too, and can have a small picture
_HEAD: Final = b"\x00\x10JFIF\x00"  # of one that has none: how long it is, and its name
_AFTER: Final = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")  # a marker that ends a scan

_BARE: Final = b"\xff\x4f\xff\x51"  # how JPEG 2000 begins that is in no boxes
_BOXES: Final = frozenset({b"jP  ", b"ftyp", b"rreq", b"jp2h", b"jp2c"})  # ISO 15444-1, annex I


def clean(picture: Any, file: pikepdf.Pdf) -> None:
    """Of a picture's stream in `file`, if it is one of them. Raises UnfitError."""
    filters, parms = _listed(picture.get("/Filter")), _listed(picture.get("/DecodeParms"))
    without = _WITHOUT.get(str(filters[-1])) if filters else None
    if without is None:
        return
    packed = file.make_stream(picture.read_raw_bytes(), Filter=pikepdf.Array(filters[:-1]))
    if len(parms) == len(filters):
        packed.DecodeParms = pikepdf.Array(parms[:-1])
    content, last = without(packed.read_bytes()), parms[-1]
    picture.write(content, filter=filters[-1], decode_parms=last)


def _listed(given: Any) -> list[Any]:
    return list(given) if isinstance(given, pikepdf.Array) else [given]


def _jpeg(jpeg: bytes) -> bytes:
    """Raises UnfitError where it is none."""
    at = jpeg.find(_BEGIN)
    if at < 0:
        raise UnfitError(Fault.BROKEN)
    kept, at = [_BEGIN], at + 2
    while (at := jpeg.find(b"\xff", at)) >= 0 and at + 1 < len(jpeg):
        marker = jpeg[at + 1]
        if marker == _END[1]:
            break
        if marker in _ALONE:
            at += 1
            continue
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if marker == _SCAN:
            after = _AFTER.search(jpeg, end)
            end = after.start() if after else len(jpeg)
        kept.append(_kept(marker, jpeg[at:end]))
        at = end
    return b"".join([*kept, _END])


def _kept(marker: int, segment: bytes) -> bytes:
    if marker not in _NOTES or marker == _ADOBE:
        return segment
    if marker == _JFIF and segment[4:9] == _HEAD[2:]:
        return segment[:2] + _HEAD + segment[9:16] + b"\x00\x00"
    return b""


def _jpeg2000(content: bytes) -> bytes:
    """Raises UnfitError where its boxes are not whole."""
    if content.startswith(_BARE):
        return content
    kept, at = [], 0
    while at < len(content):
        length, head = int.from_bytes(content[at : at + 4]), 8
        if length == 1:
            length, head = int.from_bytes(content[at + 8 : at + 16]), 16
        if length and length < head:
            raise UnfitError(Fault.BROKEN)
        end = at + length if length else len(content)
        if content[at + 4 : at + 8] in _BOXES:
            kept.append(content[at:end])
        at = end
    return b"".join(kept)


_WITHOUT: Final = {
    "/DCTDecode": _jpeg,
    "/DCT": _jpeg,
    "/JPXDecode": _jpeg2000,
}
