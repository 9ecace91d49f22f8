"""JPEG pictures in a PDF, without what a camera or a program noted in them: who, where, and small
pictures of what it was before. What is drawn stays bit by bit.
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


def clean(picture: Any, file: pikepdf.Pdf) -> None:
    """Of a picture's stream in `file`, if it is a JPEG. Raises UnfitError."""
    filters, parms = _listed(picture.get("/Filter")), _listed(picture.get("/DecodeParms"))
    if not filters or filters[-1] not in (pikepdf.Name.DCTDecode, pikepdf.Name.DCT):
        return
    packed = file.make_stream(picture.read_raw_bytes(), Filter=pikepdf.Array(filters[:-1]))
    if len(parms) == len(filters):
        packed.DecodeParms = pikepdf.Array(parms[:-1])
    jpeg, last = without_notes(packed.read_bytes()), parms[-1]
    picture.write(jpeg, filter=filters[-1], decode_parms=last)


def _listed(given: Any) -> list[Any]:
    return list(given) if isinstance(given, pikepdf.Array) else [given]


def without_notes(jpeg: bytes) -> bytes:
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
