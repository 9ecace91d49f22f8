"""What the requester does: asks, answers a question, wants the authority's own decision."""

from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.core.requests import Action, State
from dialog.receipts import giving
from dialog.receipts.giving import Asked
from dialog.receipts.models import Receipt
from dialog.requests import steps
from dialog.requests.models import LETTER, DisclosureRequest, RequestQuestion
from dialog.storage.clock import today


def ask(session: Session, *, asked: Asked, text: str, wanted: str, name: str) -> Receipt:
    """A new request with its receipt; the one there is where the form was sent before."""
    receipt, new = giving.give(session, asked=asked, letter=LETTER)
    if new:
        request = DisclosureRequest(id=receipt.id, text=text, wanted=wanted, name=name)
        session.add(request)
        session.flush()
        steps.begin(session, request=request)
    return receipt


def explain(session: Session, *, request: DisclosureRequest, question_id: UUID, text: str) -> None:
    """Answer a question, once; the same answer again changes nothing. Raises RefusedError."""
    steps.hold(session, request=request)
    question = session.get(RequestQuestion, question_id)
    if question is None or question.request_id != request.id:
        raise RefusedError(_("Frågan finns inte."))
    if question.answered_on is not None and question.answer == text:
        return
    if question.answered_on is not None:
        raise RefusedError(_("Frågan är redan besvarad."))
    steps.take_unknown(session, request=request, action=Action.EXPLAIN)
    question.answer, question.answered_on = text, today()
    session.add(question)


def contest(session: Session, *, request: DisclosureRequest) -> None:
    """Want the authority's decision instead of the official's answer (OSL 6:3). Wanted again it
    changes nothing. Raises IllegalTransitionError.
    """
    steps.hold(session, request=request)
    if request.state is State.CONTESTED:
        return
    steps.take_unknown(session, request=request, action=Action.CONTEST)
