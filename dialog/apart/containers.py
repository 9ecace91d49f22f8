"""Zip files that are documents of Office or OpenDocument: every byte of one is looked at."""

import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from dialog.apart import elements
from dialog.core.documents import recognising
from dialog.core.documents.kinds import Fault, Kind, UnfitError
from dialog.core.documents.unpacking import check_size

CHUNK: Final = 2**16
LOCKED: Final = 0x1  # of an entry's flags
# What Office and OpenDocument programs write. The other ways unpack all they have read at once,
# whatever size is asked for.
_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LINKS: Final = frozenset({
    "http://schemas.openxmlformats.org/officedocument/2006/relationships/hyperlink",
    "http://purl.oclc.org/ooxml/officedocument/relationships/hyperlink",
})  # fmt: skip
_OTHER_CONTENT: Final = "/afchunk"  # a page or text of another kind, taken in on opening
# Elements of OpenDocument whose address is followed by a reader who asks for it, if at all.
_FOLLOWED: Final = frozenset({"a", "area-rectangle", "area-circle", "area-polygon", "template"})
_ADDRESS: Final = "http://www.w3.org/1999/xlink href"
_MANIFEST: Final = "META-INF/manifest.xml"
_WRITTEN: Final = ("content.xml", "styles.xml", "meta.xml")  # also of an object in the document


def recognise(path: str) -> dict[str, Any]:
    """Which kind it is. Raises UnfitError where it is none, a bomb, locked or broken, or does or
    fetches something when it is opened.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            return {"kind": _kind(packed)}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
        raise UnfitError(Fault.BROKEN) from None
    except (NotImplementedError, RuntimeError):  # packed in a way that no program writes, or locked
        raise UnfitError(Fault.LOCKED) from None


def _kind(packed: zipfile.ZipFile) -> Kind:
    names = [entry.filename for entry in packed.infolist()]
    _check_sizes(packed)
    mimetype = b""
    with suppress(KeyError), packed.open("mimetype") as part:
        mimetype = part.read(CHUNK)
    types: list[str] = []
    if "[Content_Types].xml" in names:
        with packed.open("[Content_Types].xml") as part:
            elements.each(part, lambda _name, given: types.append(given.get("ContentType", "")))
    kind = recognising.container(
        names, mimetype=mimetype.decode("ascii", "replace").strip(), content_types=types
    )
    if kind is Kind.ODT:
        _check_open_document(packed, names)
    for name in names:
        if name.lower().endswith(".rels"):
            with packed.open(name) as part:
                elements.each(part, _refuse_fetching)
    return kind


def _check_sizes(packed: zipfile.ZipFile) -> None:
    """What the container says first, then what really comes out of it: each byte, and its sum."""
    entries = packed.infolist()
    small = sum(entry.compress_size for entry in entries)
    check_size(entries=len(entries), packed=small, unpacked=sum(each.file_size for each in entries))
    if any(entry.flag_bits & LOCKED for entry in entries):
        raise UnfitError(Fault.LOCKED)
    if any(entry.compress_type not in _PACKED for entry in entries):
        raise UnfitError(Fault.BROKEN)
    out = 0
    for entry in entries:
        with packed.open(entry) as part:
            while chunk := part.read(CHUNK):
                out += len(chunk)
                check_size(entries=len(entries), packed=small, unpacked=out)


def _refuse_fetching(_name: str, relationship: Mapping[str, str]) -> None:
    """Nothing lies outside but what a reader follows (ECMA-376-2, "Relationships")."""
    of = relationship.get("Type", "").lower()
    outside = relationship.get("TargetMode", "").lower() == "external"
    if of.endswith(_OTHER_CONTENT) or (outside and of not in _LINKS):
        raise UnfitError(Fault.MACROS)


def _check_open_document(packed: zipfile.ZipFile, names: list[str]) -> None:
    if _MANIFEST in names:
        with packed.open(_MANIFEST) as part:
            elements.each(part, _refuse_locked)
    for name in names:
        if name.rpartition("/")[2] in _WRITTEN:
            with packed.open(name) as part:
                elements.each(part, _refuse_outside)


def _refuse_locked(name: str, _given: Mapping[str, str]) -> None:
    if name == "encryption-data":
        raise UnfitError(Fault.LOCKED)


def _refuse_outside(name: str, given: Mapping[str, str]) -> None:
    """An address is of the document's own parts, as "Pictures/a.png" or "#a" is, or a link."""
    address = given.get(_ADDRESS, "").strip()
    if name in _FOLLOWED or address.startswith("#"):
        return
    if ":" in address or address.startswith(("/", "\\")) or ".." in address.split("/"):
        raise UnfitError(Fault.MACROS)
