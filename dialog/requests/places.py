"""The files of a request: lent from the diary's documents, and redacted copies made for it."""

from typing import Final
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.requests import WORKED
from dialog.documents.places import Place, Rights
from dialog.people.permissions import Actor, may
from dialog.people.signing_in import actor, me
from dialog.receipts.models import Receipt
from dialog.requests import locating
from dialog.requests.models import ABOUT, DisclosureRequest


def _rights(session: Session, request_id: UUID, actor: Actor) -> Rights:
    """Registrars and its handler; once it is answered nothing of it changes."""
    request = session.get(DisclosureRequest, request_id)
    handles = request is not None and may(actor, "request.handle", request)
    change = handles and request is not None and request.state in WORKED
    return Rights(see=handles, change=change, lent=True)


def _trail(session: Session, request_id: UUID) -> list[tuple[str, str]]:
    return [
        (url_for("requests.requests"), _("Begäran om handlingar")),
        (url_for("requests.request_", request_id=request_id), _title(session, request_id)),
    ]


def _title(session: Session, request_id: UUID) -> str:
    return str(session.get_one(Receipt, request_id).number)


def _changed(session: Session, request_id: UUID) -> None:
    """What was said of a file is said of its version: a new one changes nothing of that."""
    request = session.get_one(DisclosureRequest, request_id)
    locates = may(actor(), "request.locate")
    locating.note_removed(session, request=request, by=me(), locates=locates)


__all__ = ["ABOUT", "PLACE"]
PLACE: Final = Place(rights=_rights, trail=_trail, title=_title, changed=_changed)
