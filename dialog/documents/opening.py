"""What a file is, by opening it: every byte of a text or a container is looked at, none is kept."""

import codecs
import re
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO, Final
from xml.etree import ElementTree as ET

from dialog.core.documents import names, recognising
from dialog.core.documents.kinds import MEGABYTE, Fault, Kind, UnfitError
from dialog.core.documents.recognising import HEAD, Family
from dialog.core.documents.unpacking import check_size

CHUNK: Final = 2**16
TYPES: Final = "[Content_Types].xml"
PART: Final = MEGABYTE  # of what is read as XML, at most
LOCKED: Final = 0x1  # of an entry's flags
# What another file may not be fetched for when a document is opened.
_FETCHED: Final = ("attachedtemplate", "oleobject", "frame", "subdocument")
_NOT_WRITTEN: Final = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def kind_of(path: Path, *, name: str) -> Kind:
    """By content; a name decides only between texts. Of PDF and pictures the beginning is looked
    at: `dialog.apart` opens them. Raises UnfitError.
    """
    with path.open("rb") as file:
        found = recognising.family(file.read(HEAD))
        file.seek(0)
        if found is Family.TEXT:
            return _text(file, names.ending(names.tidy(name)))
        if found is Family.CONTAINER:
            return _container(file)
    return Kind(found.value)


def _text(file: BinaryIO, ending: str) -> Kind:
    """UTF-8, or what Windows writes: only that no sign controls a machine."""
    if ending not in ("", "txt", "csv"):
        raise UnfitError(Fault.UNKNOWN)
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8 = True
    while part := file.read(CHUNK):
        if _NOT_WRITTEN.search(part):
            raise UnfitError(Fault.UNKNOWN)
        if utf8:
            try:
                decoder.decode(part)
            except UnicodeDecodeError:
                utf8 = False
    return Kind.CSV if ending == "csv" else Kind.TEXT


def _container(file: BinaryIO) -> Kind:
    try:
        with zipfile.ZipFile(file) as packed:
            entries = packed.infolist()
            _check_sizes(packed, entries)
            mimetype = _read(packed, "mimetype").decode("ascii", "replace").strip()
            types = [
                each.get("ContentType", "") for each in _xml(_read(packed, TYPES)) if len(each) == 0
            ]
            kind = recognising.container(
                [entry.filename for entry in entries], mimetype=mimetype, content_types=types
            )
            for entry in entries:
                if entry.filename.lower().endswith(".rels"):
                    _refuse_fetching(_xml(_read(packed, entry.filename)))
    except (zipfile.BadZipFile, zlib.error, ET.ParseError, EOFError, OSError, ValueError):
        raise UnfitError(Fault.BROKEN) from None
    except (NotImplementedError, RuntimeError):  # packed in a way that no program writes, or locked
        raise UnfitError(Fault.LOCKED) from None
    return kind


def _check_sizes(packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """What the container says first, then what really comes out of it: each byte, and its sum."""
    small = sum(entry.compress_size for entry in entries)
    check_size(entries=len(entries), packed=small, unpacked=sum(each.file_size for each in entries))
    if any(entry.flag_bits & LOCKED for entry in entries):
        raise UnfitError(Fault.LOCKED)
    out = 0
    for entry in entries:
        with packed.open(entry) as part:
            while chunk := part.read(CHUNK):
                out += len(chunk)
                check_size(entries=len(entries), packed=small, unpacked=out)


def _read(packed: zipfile.ZipFile, name: str) -> bytes:
    """The entry; empty if there is none."""
    try:
        with packed.open(name) as part:
            read = part.read(PART + 1)
    except KeyError:
        return b""
    if len(read) > PART:
        raise UnfitError(Fault.BOMB)
    return read


def _xml(text: bytes) -> list[ET.Element]:
    """The elements, all but the outermost; none of an empty text. No DTD: nothing to unfold."""
    if not text:
        return []
    if b"<!" in text:
        raise UnfitError(Fault.BROKEN)
    return list(ET.fromstring(text).iter())[1:]  # noqa: S314 - it has no DTD, and is short


def _refuse_fetching(relationships: list[ET.Element]) -> None:
    for each in relationships:
        of = each.get("Type", "").lower().rpartition("/")[2]
        if each.get("TargetMode", "").lower() == "external" and of in _FETCHED:
            raise UnfitError(Fault.MACROS)
