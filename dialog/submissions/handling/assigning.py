"""Whose a letter is to handle, and when an answer is promised."""

from datetime import date
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.core.submissions import HANDLED, Action
from dialog.people import queries as people
from dialog.people.models import Person, Role
from dialog.storage.clock import today
from dialog.submissions import steps
from dialog.submissions.handling import letters
from dialog.submissions.models import Submission, SubmissionStep


def handlers(session: Session) -> list[Person]:
    """Those who can be given a letter, by name."""
    return people.with_role(session, Role.HANDLER)


def assign(
    session: Session,
    *,
    submission: Submission,
    by: UUID,
    handler_id: UUID,
    promised_on: date,
    reason: str = "",
) -> SubmissionStep:
    """Give it to a handler, or with a reason to another one. Raises RefusedError."""
    steps.hold(session, submission=submission)
    again = submission.state in HANDLED
    action = Action.REASSIGN if again else Action.ASSIGN
    steps.check(session, submission=submission, action=action)
    if handler_id not in {each.id for each in handlers(session)}:
        raise RefusedError(_("Den personen handlägger inte längre. Välj någon annan."))
    if promised_on < today() and promised_on != submission.promised_on:
        raise RefusedError(_("Dagen då svaret är lovat har varit. Skriv en senare dag."))
    if again and not reason.strip():
        raise RefusedError(_("Skriv varför någon annan handlägger, eller dagen flyttas."))
    submission.handler_id, submission.promised_on = handler_id, promised_on
    step = steps.take(session, submission=submission, action=action, by=by, reason=reason)
    letters.ask(
        session, submission=submission, letter=letters.Letter.ASSIGNED, occasion=str(step.id)
    )
    return step
