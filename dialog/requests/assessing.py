"""Assessing secrecy, at this request: of each document what is released and what is withheld."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.core.requests import REVIEWED, Action, State, Verdict
from dialog.documents.queries import Shown
from dialog.requests import steps
from dialog.requests.models import DisclosureRequest, Reassessment, RequestedDocument


@dataclass(frozen=True)
class Assessment:
    """`paragraph` and `reason` of what is withheld; `copy` is what is given if it is REDACTED."""

    verdict: Verdict
    paragraph: str = ""
    reason: str = ""
    copy: Shown | None = None


def assess(
    session: Session,
    *,
    request: DisclosureRequest,
    part: RequestedDocument,
    said: Assessment,
    by: UUID,
) -> None:
    """Say it of one document, again if need be; when it is said of all, the request is assessed.
    Where the authority itself decides it counts from the decision on. Raises RefusedError.
    """
    steps.hold(session, request=request)
    if request.state is State.ASSESSED:
        steps.locate(session, request=request, by=by)
    if request.state not in REVIEWED | {State.LOCATED}:
        raise steps.refusal(session, request=request, action=Action.ASSESS)
    if said.verdict is not Verdict.WHOLE and not (said.paragraph and said.reason):
        raise RefusedError(_("Skriv paragraf och skäl för det som inte lämnas ut."))
    if (said.verdict is Verdict.REDACTED) != (said.copy is not None):
        raise RefusedError(_("Välj vilken maskad kopia som lämnas ut."))
    if said.copy and said.copy.document.copy_of_id != part.document_id:
        raise RefusedError(_("Kopian är inte gjord av den här handlingen."))
    _write(session, part if request.state is State.LOCATED else _again(session, part, said), said)
    if request.state is State.LOCATED and all(verdicts_of(session, request=request)):
        steps.take(session, request=request, action=Action.ASSESS, by=by)


def _again(session: Session, part: RequestedDocument, said: Assessment) -> Reassessment:
    found = session.get(Reassessment, part.id)
    return found or Reassessment(part_id=part.id, verdict=said.verdict)


def _write(session: Session, row: RequestedDocument | Reassessment, said: Assessment) -> None:
    withheld = said.verdict is not Verdict.WHOLE
    row.verdict = said.verdict
    row.paragraph, row.reason = (said.paragraph, said.reason) if withheld else ("", "")
    row.copy_id = said.copy.document.id if said.copy else None
    row.copy_version = said.copy.version.number if said.copy else 1
    session.add(row)
    session.flush()


def verdicts_of(session: Session, *, request: DisclosureRequest) -> list[Verdict | None]:
    """What is said of each of the documents so far; the last that was."""
    return [again.verdict if again else part.verdict for part, again in _said(session, request)]


def settle(session: Session, *, request: DisclosureRequest) -> None:
    """What was said anew counts from now on: the authority's decision is sent."""
    for part, again in _said(session, request):
        if again is not None:
            part.verdict, part.paragraph, part.reason = again.verdict, again.paragraph, again.reason
            part.copy_id, part.copy_version = again.copy_id, again.copy_version
            session.add(part)
            session.delete(again)
    session.flush()


def drop_again(session: Session, *, request: DisclosureRequest) -> None:
    """What was said anew counts no more: no decision came of it."""
    for _part, again in _said(session, request):
        if again is not None:
            session.delete(again)
    session.flush()


def _said(
    session: Session, request: DisclosureRequest
) -> Sequence[tuple[RequestedDocument, Reassessment | None]]:
    query = (
        select(RequestedDocument, Reassessment)
        .join(Reassessment, col(Reassessment.part_id) == col(RequestedDocument.id), isouter=True)
        .where(RequestedDocument.request_id == request.id)
    )
    return session.exec(query).all()
