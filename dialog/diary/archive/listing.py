"""A year's matters as XML after Riksarkivet's FGS Ärendehantering (namespace FGS-ERMS), written as
it goes: a diary is larger than memory.

`arendehantering.xsd` beside this file is our own description of the elements that we use, in the
order in which the specification has them. Words and values are the specification's, in Swedish.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self
from uuid import UUID
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from dialog.core.diary.numbers import DiaryNumber
from dialog.diary.archive.matters import Whole
from dialog.diary.models import DiaryLine, Direction, EntryKind
from dialog.diary.queries import Said
from dialog.storage.clock import STOCKHOLM

NAMESPACE: Final = "http://xml.ra.se/e-arkiv/FGS-ERMS"
SCHEMA: Final = Path(__file__).parent / "arendehantering.xsd"
DISPOSED: Final = "(gallrat)"  # an element that must be there, of a value that is not
_STATUS: Final = {
    Direction.IN: "Inkommen",
    Direction.OUT: "Expedierad",
    Direction.DRAWN_UP: "Upprättad",
}
# What XML 1.0 has no way to write.
_UNWRITABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Attached:
    """A file of a document, as it lies in the package."""

    name: str  # to show
    link: str  # from the XML's folder
    size: int
    media_type: str
    sha256: str


@dataclass(frozen=True)
class Files:
    """Those of a document: taken along, and the names of those that could not be."""

    attached: Sequence[Attached] = ()
    left_out: Sequence[str] = ()


class Listing:
    """The XML on its way: a context, within which matters are added."""

    def __init__(self, out: BinaryIO) -> None:
        self._xml = XMLGenerator(out, "utf-8", short_empty_elements=True)

    def __enter__(self) -> Self:
        self._xml.startDocument()
        self._xml.startElement("Leveransobjekt", AttributesImpl({"xmlns": NAMESPACE}))
        self._xml.startElement("ArkivobjektListaArenden", AttributesImpl({}))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if error is None:
            self._xml.endElement("ArkivobjektListaArenden")
            self._xml.endElement("Leveransobjekt")
            self._xml.endDocument()

    def add(self, whole: Whole, number: DiaryNumber, files: Mapping[UUID, Files]) -> None:
        """A matter with its documents; `files` by their lines."""
        said = whole.entries(whole.line)
        with self._inside("ArkivobjektArende", Systemidentifierare=str(whole.matter.id)):
            self._text("ArkivobjektID", str(number))
            self._restriction(whole.line)
            self._text("Notering", _note(said))
            self._text("SistaAnvandandetidpunkt", _moment(said[-1].at) if said else "")
            self._text("Skapad", _moment(whole.line.registered_at))
            self._text("Arendemening", whole.line.subject or DISPOSED)
            if whole.documents:
                with self._inside("ArkivobjektListaHandlingar"):
                    for line in whole.documents:
                        its = number.of_document(line.document)
                        self._document(line, its, whole.entries(line), files.get(line.id, Files()))

    def _document(
        self, line: DiaryLine, number: DiaryNumber, said: list[Said], files: Files
    ) -> None:
        way, day = line.direction, line.arrived_on.isoformat()
        with self._inside("ArkivobjektHandling", Systemidentifierare=str(line.id)):
            self._text("ArkivobjektID", str(number))
            if way is Direction.IN:
                self._party("Avsandare", line.correspondent)
            self._text("Expedierad", day if way is Direction.OUT else "")
            self._text("Inkommen", day if way is Direction.IN else "")
            self._text("Lopnummer", str(line.document))
            if way is not Direction.IN:
                self._party("Mottagare", line.correspondent)
            self._text("Notering", _note(said, files.left_out))
            self._text("Rubrik", line.subject or DISPOSED)
            self._text("Skapad", _moment(line.registered_at))
            self._text("SistaAnvandandetidpunkt", _moment(said[-1].at) if said else "")
            self._text("StatusHandling", _STATUS[way] if way else "")
            self._text("Upprattad", day if way is Direction.DRAWN_UP else "")
            self._restriction(line)
            for each in files.attached:
                self._file(each)

    def _restriction(self, line: DiaryLine) -> None:
        withheld = [
            name
            for name, text, public in (
                ("avsändare eller mottagare", line.correspondent, line.public_correspondent),
                ("vad det rör", line.subject, line.public_subject),
            )
            if text and public is None  # what was disposed of is not withheld
        ]
        sentences = [line.secrecy] if line.secrecy else []
        if withheld:
            sentences.append(f"Visas inte öppet: {', '.join(withheld)}.")
        if sentences:
            with self._inside("Restriktion", Typ="Sekretess"):
                self._text("ForklarandeText", " ".join(sentences))

    def _party(self, name: str, correspondent: str) -> None:
        if correspondent:
            with self._inside(name):
                self._text("Namn", correspondent)

    def _file(self, each: Attached) -> None:
        with self._inside(
            "Bilaga", Namn=each.name, Lank=each.link, Storlek=str(each.size),
            Mimetyp=each.media_type, Checksumma=each.sha256, ChecksummaMetod="SHA-256",
        ):  # fmt: skip
            pass

    def _text(self, name: str, text: str) -> None:
        """An element with a text; none where there is no text."""
        if text:
            with self._inside(name):
                self._xml.characters(_written(text))

    @contextmanager
    def _inside(self, name: str, **attributes: str) -> Iterator[None]:
        written = {key: _written(text) for key, text in attributes.items()}
        self._xml.startElement(name, AttributesImpl(written))
        yield
        self._xml.endElement(name)


def _note(said: Sequence[Said], left_out: Sequence[str] = ()) -> str:
    """What stood before each correction and why it was made, and which files are not here."""
    facts = [each for each in said if each.kind is not EntryKind.FILES]
    lines = [
        f"Rättad {_moment(after.at)}. Skäl: {after.values.get('why', '')}."
        f" Förut stod: {_stood(before)}"
        for before, after in pairwise(facts)
        if after.kind is EntryKind.CORRECTION
    ]
    return "\n".join([*lines, *(f"Filen kunde inte tas med: {name}" for name in left_out)])


def _stood(said: Said) -> str:
    names = ("arrived", "direction", "correspondent", "subject", "secrecy")
    return "; ".join(said.values[name] for name in names if name in said.values)


def _moment(at: datetime) -> str:
    """By Swedish clocks, as the specification writes it: without a zone."""
    return at.astimezone(STOCKHOLM).strftime("%Y-%m-%dT%H:%M:%S")


def _written(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
