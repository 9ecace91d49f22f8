"""Reads of requests: those that wait, one with all of it, how long answers take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from dialog.core.diary.numbers import DiaryNumber
from dialog.core.requests import WAITING, Verdict, Waits, waits
from dialog.diary import queries as diary
from dialog.diary.models import DiaryLine
from dialog.documents import queries as documents
from dialog.documents.queries import Shown
from dialog.people.permissions import Actor, may
from dialog.receipts.models import Receipt
from dialog.requests.models import (
    ABOUT,
    DisclosureRequest,
    Reassessment,
    RequestedDocument,
    RequestQuestion,
    RequestStep,
)

PAGE = 50


@dataclass(frozen=True)
class Listed:
    request: DisclosureRequest
    number: str


def whose(actor: Actor) -> UUID | None:
    """The handler whose requests somebody is shown; None: everybody's."""
    return None if may(actor, "request.locate") else actor.person_id


def waiting(session: Session, *, limit: int, handler_id: UUID | None) -> list[Listed]:
    """Those that have waited for us longest, of one handler or of all."""
    query = _listed(col(DisclosureRequest.state).in_(WAITING), _of(handler_id))
    query = query.order_by(col(Receipt.year), col(Receipt.serial)).limit(limit)
    return [Listed(request, str(receipt.number)) for request, receipt in session.exec(query)]


def _of(handler_id: UUID | None) -> "sa.ColumnElement[bool]":
    return sa.true() if handler_id is None else col(DisclosureRequest.handler_id) == handler_id


def listed(
    session: Session, *, waiting: bool, page: int, handler_id: UUID | None
) -> tuple[list[Listed], int]:
    """A page of those that wait for us, the oldest first, or of all others, the latest first; and
    how many pages there are. Of one handler or of all.
    """
    state, ways = col(DisclosureRequest.state), (col(Receipt.year), col(Receipt.serial))
    which = sa.and_(state.in_(WAITING) if waiting else state.not_in(WAITING), _of(handler_id))
    number = session.exec(select(sa.func.count()).select_from(DisclosureRequest).where(which)).one()
    last = max(1, -(-number // PAGE))
    query = _listed(which).order_by(*(ways if waiting else [each.desc() for each in ways]))
    found = session.exec(query.offset((max(1, min(page, last)) - 1) * PAGE).limit(PAGE))
    return [Listed(request, str(receipt.number)) for request, receipt in found], last


def _listed(*which: "sa.ColumnElement[bool]") -> Select[DisclosureRequest, Receipt]:
    query = select(DisclosureRequest, Receipt).join(
        Receipt, col(Receipt.id) == col(DisclosureRequest.id)
    )
    return query.where(*which)


def number_of(session: Session, *, request: DisclosureRequest) -> str:
    return str(session.get_one(Receipt, request.id).number)


@dataclass(frozen=True)
class Part:
    """A document that a request is about; `file` is None of one on paper, `given` is what the
    requester gets.
    """

    row: RequestedDocument
    number: DiaryNumber
    line: DiaryLine
    file: Shown | None
    copy: Shown | None
    again: Reassessment | None  # what is said of it anew, until the authority's decision is sent

    @property
    def said(self) -> RequestedDocument | Reassessment:
        """What is said of it now."""
        return self.again or self.row

    @property
    def given(self) -> Shown | None:
        if self.row.verdict is Verdict.WHOLE:
            return self.file
        return self.copy if self.row.verdict is Verdict.REDACTED else None


def parts_of(session: Session, *, request: DisclosureRequest) -> list[Part]:
    """In the order of their numbers in the diary."""
    query = (
        select(RequestedDocument, DiaryLine, Reassessment)
        .join(DiaryLine, col(DiaryLine.id) == col(RequestedDocument.line_id))
        .join(Reassessment, col(Reassessment.part_id) == col(RequestedDocument.id), isouter=True)
        .where(RequestedDocument.request_id == request.id)
    )
    rows = session.exec(query).all()
    numbers = diary.numbers_of_lines(session, line_ids={line.id for _row, line, _again in rows})
    files = [(row.document_id, row.version) for row, *_rest in rows]
    copies = [(row.copy_id, row.copy_version) for row, *_rest in rows]
    versions = documents.shown_among(session, wanted=[*files, *copies])
    found = [
        Part(
            row=row,
            number=numbers[line.id],
            line=line,
            file=versions.get((row.document_id, row.version)),
            copy=versions.get((row.copy_id, row.copy_version)),
            again=again,
        )
        for row, line, again in rows
    ]
    return sorted(found, key=_place)


def _place(part: Part) -> tuple[DiaryNumber, str]:
    return part.number, part.file.version.name if part.file else ""


def copies_of(session: Session, *, part: RequestedDocument) -> list[Shown]:
    """What the page that redacts has made of a document for its request, and nothing else."""
    if part.document_id is None:
        return []
    found = documents.documents_of(session, about=ABOUT, about_ids=[part.request_id])
    made = found.get(part.request_id, [])
    return [each for each in made if each.document.copy_of_id == part.document_id]


def questions_of(session: Session, *, request: DisclosureRequest) -> Sequence[RequestQuestion]:
    query = select(RequestQuestion).where(RequestQuestion.request_id == request.id)
    query = query.order_by(col(RequestQuestion.asked_on), col(RequestQuestion.id))
    return session.exec(query).all()


def times(session: Session, *, since: date) -> Waits:
    """How long the answers took that were given from a day on."""
    begun, end = col(DisclosureRequest.received_on), col(DisclosureRequest.answered_on)
    found = session.connection().execute(sa.select(begun, end).where(end >= since))
    return waits([(answered - received).days for received, answered in found if answered])


def traces(session: Session, *, person_id: UUID) -> int:
    """How many requests somebody handles, and steps they have taken as an official."""
    ways = (DisclosureRequest.handler_id, RequestStep.person_id)
    counts = (sa.select(sa.func.count()).where(col(way) == person_id) for way in ways)
    return sum(int(session.connection().scalar(count) or 0) for count in counts)
