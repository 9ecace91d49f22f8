"""Whose a request is to assess and answer: a registrar says it, who has found its documents."""

from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.core.requests import Action
from dialog.people import queries as people
from dialog.people.models import Person, Role
from dialog.requests import letters, steps
from dialog.requests.models import DisclosureRequest


def handlers(session: Session) -> list[Person]:
    """Those who can be given a request, by name."""
    return people.with_role(session, Role.HANDLER)


def assign(session: Session, *, request: DisclosureRequest, handler_id: UUID, by: UUID) -> None:
    """Give it to a handler, or to another one, who is told. Raises RefusedError."""
    steps.check(session, request=request, action=Action.ASSIGN)
    if handler_id not in {each.id for each in handlers(session)}:
        raise RefusedError(_("Den personen handlägger inte längre. Välj någon annan."))
    request.handler_id = handler_id
    step = steps.take(session, request=request, action=Action.ASSIGN, by=by)
    letters.ask(session, request=request, occasion=str(step.id))
