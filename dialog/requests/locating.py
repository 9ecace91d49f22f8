"""Finding what a request is about: documents of the diary, whose files are lent to it."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.diary.numbers import DiaryNumber
from dialog.core.errors import RefusedError
from dialog.core.requests import REVIEWED, Action
from dialog.diary import files
from dialog.diary import queries as diary
from dialog.diary.models import DiaryAuthority, DiaryLine
from dialog.documents import forgetting, keeping
from dialog.documents import queries as documents
from dialog.documents.models import Document
from dialog.people.steps import hold
from dialog.requests import steps
from dialog.requests.models import ABOUT, DisclosureRequest, Reassessment, RequestedDocument


def locate(session: Session, *, request: DisclosureRequest, number: DiaryNumber, by: UUID) -> None:
    """Take a document up, with each of its files; one that was taken up stays as it is. Raises
    RefusedError.
    """
    line = _line(session, number)
    steps.check(session, request=request, action=Action.LOCATE)
    hold(session, session.get_one(DiaryAuthority, line.authority_id))  # no disposal meanwhile
    if _of_line(session, request, line) is not None:
        raise RefusedError(_("%(number)s är redan framtagen.", number=number))
    for shown in files.of_lines(session, [line]).get(line.id, []):
        lent = keeping.lend(session, shown=shown, about=ABOUT, about_id=request.id, by=by)
        session.add(RequestedDocument(request_id=request.id, line_id=line.id, document_id=lent.id))
    if _of_line(session, request, line) is None:
        session.add(RequestedDocument(request_id=request.id, line_id=line.id))
    steps.locate(session, request=request, by=by)


def drop(
    session: Session, *, request: DisclosureRequest, part: RequestedDocument, by: UUID
) -> None:
    """It was not meant: what was lent goes back, and nothing of it can be given."""
    steps.locate(session, request=request, by=by)
    if request.state in REVIEWED and part.verdict is not None:
        raise RefusedError(_("Den står i svaret som är skickat, och är kvar."))
    give_back(session, [part])


def give_back(session: Session, parts: Sequence[RequestedDocument]) -> None:
    """Forget what was said of these documents, their files and every copy that was made of them."""
    lent = [part.document_id for part in parts if part.document_id]
    files = [*lent, *(part.copy_id for part in parts if part.copy_id)]
    files += session.exec(select(Document.id).where(col(Document.copy_of_id).in_(lent))).all()
    for again in _reassessed(session, [part.id for part in parts]):
        session.delete(again)
    session.flush()
    for part in parts:
        session.delete(part)
    session.flush()
    forgetting.forget_some(session, document_ids=files)


def note_removed(session: Session, *, request: DisclosureRequest, by: UUID, locates: bool) -> None:
    """Files were removed: what they were of is no longer taken up, and what was to be given as a
    copy that is gone is assessed anew. `locates`: who removed them says what a request is about; a
    handler, who does not, removes copies alone. Raises RefusedError.
    """
    query = select(RequestedDocument).where(RequestedDocument.request_id == request.id)
    for part in session.exec(query).all():
        if _gone(session, part.document_id) and not locates:
            raise RefusedError(
                _("En handling som är framtagen tas bort av registratorn. Du kan ta bort kopior.")
            )
        if _gone(session, part.document_id):
            drop(session, request=request, part=part, by=by)
        elif _gone(session, part.copy_id) and request.state in REVIEWED:
            raise RefusedError(_("Kopian är lämnad med svaret, och är kvar."))
        elif _gone(session, part.copy_id):
            steps.locate(session, request=request, by=by)
            part.verdict = part.copy_id = None
            session.add(part)
    for again in _reassessed(session, [part.id for part in session.exec(query)]):
        if _gone(session, again.copy_id):
            session.delete(again)


def _reassessed(session: Session, part_ids: Sequence[UUID]) -> Sequence[Reassessment]:
    query = select(Reassessment).where(col(Reassessment.part_id).in_(part_ids))
    return session.exec(query).all()


def _gone(session: Session, document_id: UUID | None) -> bool:
    return document_id is not None and documents.shown(session, document_id=document_id) is None


def find_nothing(session: Session, *, request: DisclosureRequest, by: UUID) -> None:
    """There is no such document: that is the answer to give. Raises IllegalTransitionError."""
    steps.take(session, request=request, action=Action.FIND_NOTHING, by=by)


def _line(session: Session, number: DiaryNumber) -> DiaryLine:
    found = diary.matter(session, number=number)
    line = found and diary.line_of(session, matter=found[1], document=number.document or 0)
    if not line or not line.document:
        raise RefusedError(
            _(
                "Det finns ingen handling med numret %(number)s. Skriv hela numret, till exempel"
                " RS 2026-00417-1.",
                number=number,
            )
        )
    return line


def _of_line(
    session: Session, request: DisclosureRequest, line: DiaryLine
) -> RequestedDocument | None:
    query = select(RequestedDocument).where(
        RequestedDocument.request_id == request.id, RequestedDocument.line_id == line.id
    )
    return session.exec(query).first()
