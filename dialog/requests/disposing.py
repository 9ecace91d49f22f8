"""What is forgotten of requests when documents of the diary are disposed of by a decision of
retention: requests and answers of that matter, and the files that others were lent of it. Numbers,
days and states stay.
"""

from collections.abc import Sequence
from typing import Final

from sqlmodel import Session, col, select

from dialog.diary.models import DiaryLine
from dialog.documents import forgetting
from dialog.requests.models import ABOUT, DisclosureRequest, RequestedDocument, RequestQuestion

TABLES: Final = ("disclosure_request", "requested_document", "request_question")


def forget(session: Session, lines: Sequence[DiaryLine]) -> None:
    """In the transaction that disposes of these documents of the diary."""
    ids = [line.id for line in lines]
    lent = select(RequestedDocument).where(col(RequestedDocument.line_id).in_(ids))
    _take_back(session, session.exec(lent).all())
    own = select(DisclosureRequest).where(col(DisclosureRequest.line_id).in_(ids))
    for request in session.exec(own.with_for_update()).all():
        _forget(session, request)


def _take_back(session: Session, parts: Sequence[RequestedDocument]) -> None:
    """The files, the copies that were made of them, and what was said of them."""
    files = [each for part in parts for each in (part.document_id, part.copy_id) if each]
    for part in parts:
        session.delete(part)
    session.flush()
    forgetting.forget_some(session, document_ids=files)


def _forget(session: Session, request: DisclosureRequest) -> None:
    parts = select(RequestedDocument).where(RequestedDocument.request_id == request.id)
    _take_back(session, session.exec(parts).all())
    forgetting.forget_all(session, about=ABOUT, about_id=request.id)
    questions = select(RequestQuestion).where(RequestQuestion.request_id == request.id)
    for question in session.exec(questions).all():
        question.question = question.answer = ""
        session.add(question)
    request.text = request.wanted = request.name = request.reply = request.decision = ""
    session.add(request)
    session.flush()
