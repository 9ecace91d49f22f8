"""Documents of an item: a PDF in two versions, a photograph, and one held for a scan."""

import io
from dataclasses import replace
from uuid import UUID

import typst
from sqlmodel import Session

from dialog.documents import keeping, taking
from dialog.documents.models import Document, ScanState
from dialog.documents.taking import Taken
from dialog.meetings import item_documents
from dialog.people.models import Person
from dialog.settings import Settings
from tests.documents import samples

PAGES = """#set text(lang: "sv")
= Läget i verksamheten
Köerna har blivit kortare sedan i våras. #lorem(80)
#pagebreak()
= Vad vi föreslår
#lorem(60)"""


def hand_in(db: Session, settings: Settings, *, item: UUID, by: Person) -> list[UUID]:
    """The PDF, the photograph and the one that is held, in this order."""
    written = typst.compile(PAGES.encode(), format="pdf")
    pdf = _add(db, item, by, _taken(settings, written, "Underlag till läget.pdf"))
    renewed = _taken(settings, samples.written_pdf("Senaste läget"), "Underlag, rättat.pdf")
    keeping.renew(db, document=pdf, taken=renewed, by=by.id)
    photo = _add(db, item, by, _taken(settings, samples.photo(), "Väntrummet.jpg"))
    held = _taken(settings, samples.office(), "Förslag till schema.docx", ScanState.WAITING)
    return [pdf.id, photo.id, _add(db, item, by, held).id]


def _taken(
    settings: Settings, content: bytes, name: str, scan: ScanState = ScanState.CLEAN
) -> Taken:
    taken = taking.take(
        io.BytesIO(content), name=name, otherwise="a", folder=settings.documents, scanner=""
    )
    return replace(taken, scan=scan)


def _add(db: Session, item: UUID, by: Person, taken: Taken) -> Document:
    about = item_documents.ABOUT
    return keeping.add(db, about=about, about_id=item, taken=taken, by=by.id)
