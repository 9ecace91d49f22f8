"""The kinds of documents that are taken, as data, and what can be wrong with one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MEGABYTE: Final = 2**20


class Kind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    TEXT = "txt"
    CSV = "csv"
    PNG = "png"
    JPEG = "jpeg"


@dataclass(frozen=True)
class Rule:
    """What is known of a kind. The first of `endings` is the one that we give a file."""

    media_type: str
    endings: tuple[str, ...]
    most: int  # bytes


_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument."
RULES: Final[Mapping[Kind, Rule]] = {
    Kind.PDF: Rule("application/pdf", ("pdf",), 30 * MEGABYTE),
    Kind.DOCX: Rule(f"{_OPEN_XML}wordprocessingml.document", ("docx",), 30 * MEGABYTE),
    Kind.XLSX: Rule(f"{_OPEN_XML}spreadsheetml.sheet", ("xlsx",), 30 * MEGABYTE),
    Kind.PPTX: Rule(f"{_OPEN_XML}presentationml.presentation", ("pptx",), 30 * MEGABYTE),
    Kind.ODT: Rule("application/vnd.oasis.opendocument.text", ("odt",), 30 * MEGABYTE),
    Kind.TEXT: Rule("text/plain; charset=utf-8", ("txt",), 5 * MEGABYTE),
    Kind.CSV: Rule("text/csv; charset=utf-8", ("csv",), 5 * MEGABYTE),
    Kind.PNG: Rule("image/png", ("png",), 20 * MEGABYTE),
    Kind.JPEG: Rule("image/jpeg", ("jpg", "jpeg"), 20 * MEGABYTE),
}
MOST: Final = max(rule.most for rule in RULES.values())
PICTURES: Final = frozenset({Kind.PNG, Kind.JPEG})
TEXTS: Final = frozenset({Kind.TEXT, Kind.CSV})
SHOWN: Final = PICTURES | {Kind.PDF}  # can be looked at on a page
ENDINGS: Final = tuple(f".{ending}" for rule in RULES.values() for ending in rule.endings)


class Fault(StrEnum):
    """Why a file is not taken. Which sentence goes with it is the room's business."""

    EMPTY = "empty"
    LARGE = "large"
    UNKNOWN = "unknown"  # no kind that we take
    PROGRAM = "program"
    ARCHIVE = "archive"
    WEB_PAGE = "web-page"  # HTML and SVG: both can hold scripts
    OLD_OFFICE = "old-office"  # also what Office locks with a password
    MACROS = "macros"
    ACTIVE = "active"  # a PDF that does something, or holds other files
    LOCKED = "locked"
    HIDDEN = "hidden"  # a PDF with layers that are not shown
    BOMB = "bomb"  # unpacked, it is far larger than it looks
    BROKEN = "broken"
    PIXELS = "pixels"
    NOT_PDF = "not-pdf"  # where nothing else will do
    MISNAMED = "misnamed"  # the ending says another kind than the content
    VIRUS = "virus"


class UnfitError(Exception):
    """The file is not taken."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault
