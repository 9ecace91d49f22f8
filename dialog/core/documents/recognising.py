"""What a file is by its first bytes, or why it is not taken. Nothing its sender says counts.

Only the beginning is looked at here: that the rest is whole is for whoever opens it. A kind begins
at the very first byte, though some readers find a PDF later in a file: one that is two things at
once is neither to us.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from dialog.core.documents.kinds import Fault, Kind, UnfitError

HEAD: Final = 4096  # bytes that are looked at


class Family(StrEnum):
    """What the first bytes alone can tell."""

    PDF = "pdf"
    CONTAINER = "container"  # a zip: Office, OpenDocument, or just a zip
    PNG = "png"
    JPEG = "jpeg"
    TEXT = "text"


_TAKEN: Final[Mapping[bytes, Family]] = {
    b"%PDF-": Family.PDF,
    b"PK\x03\x04": Family.CONTAINER,
    b"\x89PNG\r\n\x1a\n": Family.PNG,
    b"\xff\xd8\xff": Family.JPEG,
}
_REFUSED: Final[Mapping[bytes, Fault]] = {
    b"MZ": Fault.PROGRAM,
    b"\x7fELF": Fault.PROGRAM,
    b"\xca\xfe\xba\xbe": Fault.PROGRAM,  # Java, and programs for Macs
    b"\xcf\xfa\xed\xfe": Fault.PROGRAM,
    b"L\x00\x00\x00\x01\x14\x02\x00": Fault.PROGRAM,  # a shortcut of Windows
    b"#!": Fault.PROGRAM,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": Fault.OLD_OFFICE,
    b"PK\x05\x06": Fault.ARCHIVE,  # an empty one
    b"Rar!": Fault.ARCHIVE,
    b"7z\xbc\xaf\x27\x1c": Fault.ARCHIVE,
    b"\x1f\x8b": Fault.ARCHIVE,
    b"BZh": Fault.ARCHIVE,
    b"\xfd7zXZ\x00": Fault.ARCHIVE,
    b"(\xb5/\xfd": Fault.ARCHIVE,
}
_MARKUP: Final = (b"<?xml", b"<!", b"<html", b"<svg", b"<script", b"<head", b"<body", b"<iframe",
                  b"<math")  # fmt: skip
_SPACE: Final = b"\xef\xbb\xbf \t\r\n"
_WRITTEN: Final = frozenset(b"\t\n\r\f") | frozenset(range(0x20, 0x100)) - {0x7F}


def family(head: bytes) -> Family:
    """`head`: the first HEAD bytes, or all of them. Raises UnfitError."""
    if not head:
        raise UnfitError(Fault.EMPTY)
    for sign, found in _TAKEN.items():
        if head.startswith(sign):
            return found
    for sign, fault in _REFUSED.items():
        if head.startswith(sign):
            raise UnfitError(fault)
    if head.lstrip(_SPACE).lower().startswith(_MARKUP):
        raise UnfitError(Fault.WEB_PAGE)
    if not _WRITTEN.issuperset(head):
        raise UnfitError(Fault.UNKNOWN)
    return Family.TEXT


_MAIN_PARTS: Final[Mapping[str, Kind]] = {
    "wordprocessingml.document.main+xml": Kind.DOCX,
    "spreadsheetml.sheet.main+xml": Kind.XLSX,
    "presentationml.presentation.main+xml": Kind.PPTX,
}
_ODT: Final = "application/vnd.oasis.opendocument.text"
_DOES_SOMETHING: Final = ("vbaproject", "/activex/", "/macrosheets/", "/ctrlprops/oleobject",
                          "/embeddings/oleobject", "/embeddings/package")  # fmt: skip
_ODF_SCRIPTS: Final = ("basic/", "scripts/")


def container(names: Iterable[str], *, mimetype: str, content_types: Iterable[str]) -> Kind:
    """What a zip is: `names` of its entries, the text of its entry "mimetype" (OpenDocument), and
    the content types that its `[Content_Types].xml` names (ECMA-376). Raises UnfitError.
    """
    lower = [f"/{name.lower()}" for name in names]
    types = [each.lower() for each in content_types]
    if any(part in name for name in lower for part in _DOES_SOMETHING):
        raise UnfitError(Fault.MACROS)
    if any("macroenabled" in each or "vbaproject" in each for each in types):
        raise UnfitError(Fault.MACROS)
    if mimetype == _ODT:
        if any(name.startswith(f"/{part}") for name in lower for part in _ODF_SCRIPTS):
            raise UnfitError(Fault.MACROS)
        return Kind.ODT
    kinds = {
        kind for part, kind in _MAIN_PARTS.items() if any(each.endswith(part) for each in types)
    }
    if len(kinds) != 1:
        raise UnfitError(Fault.UNKNOWN if types or mimetype else Fault.ARCHIVE)
    return kinds.pop()
