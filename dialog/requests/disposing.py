"""What is forgotten of requests when documents of the diary are disposed of by a decision of
retention: requests and answers of that matter, and the files that others were lent of it. Numbers,
days and states stay.
"""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.core.requests import State
from dialog.diary.models import DiaryLine
from dialog.documents import forgetting
from dialog.requests import locating
from dialog.requests.models import ABOUT, DisclosureRequest, RequestedDocument, RequestQuestion

TABLES: Final = (
    "disclosure_request", "request_question", "requested_document",
    "requested_document_reassessment",
)  # fmt: skip


def in_use(session: Session, lines: Sequence[DiaryLine]) -> bool:
    """Whether a request that is not closed stands in one of these documents of the diary, or has
    one of them taken up.
    """
    ids = [line.id for line in lines]
    going = (
        select(DisclosureRequest.id)
        .join(
            RequestedDocument,
            col(RequestedDocument.request_id) == col(DisclosureRequest.id),
            isouter=True,
        )
        .where(
            col(DisclosureRequest.state) != State.CLOSED,
            sa.or_(
                col(DisclosureRequest.line_id).in_(ids), col(RequestedDocument.line_id).in_(ids)
            ),
        )
    )
    return session.exec(going.limit(1)).first() is not None


def forget(session: Session, lines: Sequence[DiaryLine]) -> None:
    """In the transaction that disposes of these documents of the diary."""
    ids = [line.id for line in lines]
    lent = select(RequestedDocument).where(col(RequestedDocument.line_id).in_(ids))
    locating.give_back(session, session.exec(lent).all())
    own = select(DisclosureRequest).where(col(DisclosureRequest.line_id).in_(ids))
    for request in session.exec(own.with_for_update()).all():
        _forget(session, request)


def _forget(session: Session, request: DisclosureRequest) -> None:
    parts = select(RequestedDocument).where(RequestedDocument.request_id == request.id)
    locating.give_back(session, session.exec(parts).all())
    forgetting.forget_all(session, about=ABOUT, about_id=request.id)
    questions = select(RequestQuestion).where(RequestQuestion.request_id == request.id)
    for question in session.exec(questions).all():
        question.question = question.answer = ""
        session.add(question)
    request.text = request.wanted = request.name = request.reply = request.decision = ""
    session.add(request)
    session.flush()
