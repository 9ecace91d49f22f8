"""Requests to read documents, one in each state that has pages of its own."""

import io
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from sqlmodel import Session, select

from dialog.core.requests import Verdict
from dialog.diary import files
from dialog.diary.models import DiaryAuthority, DiaryLine, DiaryMatter
from dialog.diary.numbering import number_of
from dialog.documents import cutting
from dialog.people.models import Person
from dialog.receipts import giving
from dialog.requests import answering, asking, assessing, copying, entering, locating, papers
from dialog.requests.assessing import Assessment
from dialog.requests.models import DisclosureRequest, RequestedDocument
from dialog.settings import Settings
from dialog.storage.clock import now
from tests.documents import samples
from tests.submissions import letters

CODE: Final = "1234567890123456"
# Of which request each step is looked at.
STEPS: Final = {
    "fraga": "received", "finns-inte": "received", "diarium": "received",
    "handlaggare": "received", "svar": "assessed",
    "beslut": "contested", "overklagat": "decided", "avsluta": "refused",
}  # fmt: skip


@dataclass(frozen=True)
class Requests:
    by_state: dict[str, UUID]
    part: UUID  # of the one that is assessed
    copy: UUID  # of that part, redacted elsewhere


def ask_all(db: Session, settings: Settings, *, registrar: Person) -> Requests:
    """About the first document of the diary, which gets a file."""
    _enclose(db, settings, by=registrar.id)
    asked = {name: _asked(db) for name in ("received", "assessed", "refused", "contested",
                                          "decided")}  # fmt: skip
    by = registrar.id
    answering.question(db, request=asked["received"], text="Vilket år?", by=by)
    for name in ("assessed", "refused", "contested", "decided"):
        _assess(db, settings, asked[name], by)
    for name in ("refused", "contested", "decided"):
        text = "Här finns en patients namn."
        paper = papers.made(papers.answer(db, asked[name], text), settings=settings)
        answering.answer(db, request=asked[name], text=text, paper=paper, by=by)
    for name in ("contested", "decided"):
        asking.contest(db, request=asked[name])
    text = "Myndigheten avslår begäran."
    paper = papers.made(papers.decision(db, asked["decided"], text), settings=settings)
    answering.decide(db, request=asked["decided"], text=text, paper=paper, by=by)
    part = db.exec(
        select(RequestedDocument).where(RequestedDocument.request_id == asked["assessed"].id)
    ).one()
    hidden = "Diagnos: #box(fill: black)[Migrän], 800101-#box(fill: black)[1234]"
    content = io.BytesIO(samples.written_pdf(hidden, "Mer"))
    taken = cutting.pages_alone(
        content, "Maskad.pdf", called="Skrivelse (maskad).pdf", settings=settings
    )
    copy = copying.hand_in(db, request=asked["assessed"], part=part, taken=taken, by=by)
    return Requests({name: each.id for name, each in asked.items()}, part.id, copy.id)


def _enclose(db: Session, settings: Settings, *, by: UUID) -> None:
    line = db.exec(select(DiaryLine).where(DiaryLine.document == 1)).first()
    assert line is not None
    files.put(db, line=line, files=[letters.taken(settings, "Skrivelse.pdf")], at=now(), by=by)


def _asked(db: Session) -> DisclosureRequest:
    asked = giving.asked(form_id=uuid4(), code=CODE)
    text = "Skrivelsen från förbundet om bemanning.\nOch svaret på den."
    receipt = asking.ask(db, asked=asked, text=text, wanted="RS 2026-1-1", name="")
    return db.get_one(DisclosureRequest, receipt.id)


def _assess(db: Session, settings: Settings, request: DisclosureRequest, by: UUID) -> None:
    line = db.exec(select(DiaryLine).where(DiaryLine.document == 1)).first()
    assert line is not None
    board = db.get_one(DiaryAuthority, line.authority_id)
    matter = db.get_one(DiaryMatter, line.matter_id)
    locating.locate(db, request=request, number=number_of(board, matter, line.document), by=by)
    query = select(RequestedDocument).where(RequestedDocument.request_id == request.id)
    said = Assessment(Verdict.REFUSED, "25 kap. 1 § OSL", "En patients namn")
    assessing.assess(db, request=request, part=db.exec(query).one(), said=said, by=by)
    paper = papers.made(papers.request(db, request), settings=settings).file
    entering.enter(db, request=request, authority=board, matter=matter, paper=paper, by=by)
