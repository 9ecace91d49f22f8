"""What is said of documents: why a file is not taken, what it is, and whether it was scanned."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialog.core.documents.kinds import ENDINGS, MEGABYTE, MOST, Fault, Kind
from dialog.documents.models import ScanState
from dialog.documents.queries import Shown

_TAKEN: Final = _l("Vi tar emot PDF, Word, Excel, PowerPoint, ODT, text, CSV, PNG och JPEG.")
FAULTS: Final[Mapping[Fault, Any]] = {
    Fault.EMPTY: _l("Filen är tom. Öppna den och se efter att den är sparad, och välj den igen."),
    Fault.LARGE: _l(
        "Filen är för stor. En bild får vara högst 20 megabyte, en text 5 och andra filer 30."
        " Spara den i mindre format, eller dela upp den."
    ),
    Fault.UNKNOWN: _l("Det går inte att se vad filen är. Spara den som PDF och välj den igen."),
    Fault.PROGRAM: _l("Filen är ett program. Program tar vi inte emot."),
    Fault.ARCHIVE: _l("Filen är ett packat arkiv. Packa upp det och välj filerna en i taget."),
    Fault.WEB_PAGE: _l(
        "Filen är en webbsida eller en SVG-bild, och de kan innehålla program. Spara den som PDF"
        " eller PNG och välj den igen."
    ),
    Fault.OLD_OFFICE: _l(
        "Filen är i ett äldre Office-format eller låst med lösenord. Öppna den, ta bort lösenordet"
        " om det finns ett, spara den som docx, xlsx, pptx eller PDF och välj den igen."
    ),
    Fault.MACROS: _l(
        "Filen har makron eller inbäddade objekt, eller hämtar något när den öppnas. Spara den"
        " utan dem, till exempel som PDF, och välj den igen."
    ),
    Fault.ACTIVE: _l(
        "PDF-filen innehåller program, ett formulär som skickar något eller andra filer, eller"
        " öppnar något av sig själv eller i en annan fil. Skriv ut den till en ny PDF och välj den"
        " nya."
    ),
    Fault.LOCKED: _l("Filen är låst med lösenord. Ta bort lösenordet och välj den igen."),
    Fault.HIDDEN: _l(
        "PDF-filen har lager som inte visas, och de skulle synas i det som blir av den. Skriv ut"
        " den till en ny PDF och välj den nya."
    ),
    Fault.BOMB: _l(
        "Filen är mycket större än den ser ut, eller tar för lång tid att läsa. Spara den som PDF"
        " på nytt och välj den igen."
    ),
    Fault.BROKEN: _l(
        "Filen är trasig och går inte att läsa. Öppna den i programmet den gjordes i, spara den på"
        " nytt och välj den igen."
    ),
    Fault.PIXELS: _l(
        "Bilden är för stor: den har mer än 60 miljoner bildpunkter. Minska den och välj den igen."
    ),
    Fault.NOT_PDF: _l("Här behövs en PDF. Spara filen som PDF och välj den igen."),
    Fault.MISNAMED: _l(
        "Filens namn säger ett annat slag än innehållet. Se efter att det är rätt fil, och ge den"
        " rätt ändelse."
    ),
    Fault.VIRUS: _l(
        "Filen innehåller skadlig kod och är inte sparad. Säg till IT-supporten där du arbetar."
    ),
}
KINDS: Final[Mapping[Kind, Any]] = {
    Kind.PDF: "PDF",
    Kind.DOCX: "Word",
    Kind.XLSX: "Excel",
    Kind.PPTX: "PowerPoint",
    Kind.ODT: "ODT",
    Kind.TEXT: _l("text"),
    Kind.CSV: "CSV",
    Kind.PNG: _l("bild"),
    Kind.JPEG: _l("bild"),
}
SCANS: Final[Mapping[ScanState, Any]] = {
    ScanState.CLEAN: "",
    ScanState.UNSCANNED: _l("inte virusgranskad"),
    ScanState.WAITING: _l("väntar på virusgranskning"),
    ScanState.INFECTED: _l("innehöll skadlig kod och är borttagen"),
}
ACCEPT: Final = ",".join(ENDINGS)  # what a browser offers to choose among
MOST_BYTES: Final = MOST
KILOBYTE: Final = 1024


def refusal(fault: Fault) -> str:
    """Why the file is not taken, and what to do; what we take where that helps."""
    more = f" {_TAKEN}" if fault in (Fault.UNKNOWN, Fault.PROGRAM, Fault.ARCHIVE) else ""
    return f"{FAULTS[fault]}{more}"


def masked(name: str) -> str:
    """What a masked copy of a document is called, without an ending; whoever is given it sees."""
    return str(_("%(name)s (maskad)", name=Path(name).stem))


def size(of: int) -> str:
    """For example "1,4 MB"."""
    if of < MEGABYTE:
        return f"{max(1, round(of / KILOBYTE))} kB"
    return f"{format_decimal(round(of / MEGABYTE, 1))} MB"


def facts(shown: Shown) -> str:
    """For example "PDF, 3 sidor, 240 kB, version 2, inte virusgranskad"."""
    file, parts = shown.file, [str(KINDS[shown.file.kind])]
    if file.pages:
        parts.append(str(ngettext("%(num)s sida", "%(num)s sidor", file.pages)))
    parts.append(size(file.size))
    if shown.version.number > 1:
        parts.append(str(_("version %(number)s", number=shown.version.number)))
    if SCANS[file.scan]:
        parts.append(str(SCANS[file.scan]))
    return ", ".join(parts)
