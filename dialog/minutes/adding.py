"""Addenda: what is corrected after the text was locked stands below it."""

from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.minutes import steps, writing
from dialog.minutes.models import Minutes, MinutesAddendum
from dialog.minutes.states import Action


def add(session: Session, *, minutes: Minutes, text: str, by: UUID) -> MinutesAddendum:
    """Put an addendum below a locked text. Raises RefusedError."""
    text = writing.checked(text)
    if not text.strip():
        raise RefusedError(_("Skriv tillägget."))
    steps.take(session, minutes=minutes, action=Action.ADD, by=by)
    addendum = MinutesAddendum(minutes_id=minutes.id, text=text, author_id=by)
    session.add(addendum)
    session.flush()
    return addendum
