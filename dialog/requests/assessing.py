"""Assessing secrecy, at this request: of each document what is released and what is withheld."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, select

from dialog.core.errors import RefusedError
from dialog.core.requests import Action, State, Verdict
from dialog.documents.queries import Shown
from dialog.requests import steps
from dialog.requests.models import DisclosureRequest, RequestedDocument


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
    Raises RefusedError.
    """
    steps.hold(session, request=request)
    if request.state is State.ASSESSED:
        steps.take(session, request=request, action=Action.LOCATE, by=by)
    if request.state is not State.LOCATED:
        raise steps.refusal(request.state, Action.ASSESS)
    if said.verdict is not Verdict.WHOLE and not (said.paragraph and said.reason):
        raise RefusedError(_("Skriv paragraf och skäl för det som inte lämnas ut."))
    if (said.verdict is Verdict.REDACTED) != (said.copy is not None):
        raise RefusedError(_("Välj vilken maskad kopia som lämnas ut."))
    if said.copy and said.copy.document.copy_of_id != part.document_id:
        raise RefusedError(_("Kopian är inte gjord av den här handlingen."))
    withheld = said.verdict is not Verdict.WHOLE
    part.verdict = said.verdict
    part.paragraph, part.reason = (said.paragraph, said.reason) if withheld else ("", "")
    part.copy_id = said.copy.document.id if said.copy else None
    part.copy_version = said.copy.version.number if said.copy else 1
    session.add(part)
    session.flush()
    if all(verdicts_of(session, request=request)):
        steps.take(session, request=request, action=Action.ASSESS, by=by)


def verdicts_of(session: Session, *, request: DisclosureRequest) -> list[Verdict | None]:
    """What is said of each of the documents so far."""
    query = select(RequestedDocument).where(RequestedDocument.request_id == request.id)
    return [row.verdict for row in session.exec(query)]
