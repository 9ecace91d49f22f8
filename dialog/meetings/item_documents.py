"""What documents are told of an item of an agenda: who sees them, and who adds to them."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from sqlmodel import Session

from dialog.documents import keeping
from dialog.documents import queries as documents
from dialog.documents.places import Place, Rights
from dialog.documents.queries import Shown
from dialog.meetings import events, queries
from dialog.meetings.live_models import EventKind
from dialog.meetings.models import AgendaItem, ItemState, Meeting
from dialog.meetings.states import LAID_TO_REST
from dialog.people.permissions import Actor, may

ABOUT: Final = "agenda-item"


def of_items(session: Session, items: Sequence[AgendaItem]) -> Mapping[UUID, list[Shown]]:
    """The documents of each item that has any."""
    return documents.documents_of(session, about=ABOUT, about_ids=[item.id for item in items])


def rights(session: Session, item_id: UUID, actor: Actor) -> Rights:
    """Those of the meeting see them; those who run it and who proposed the item change them, until
    the meeting is laid to rest.
    """
    item = session.get(AgendaItem, item_id)
    if item is None:
        return Rights()
    meeting = session.get_one(Meeting, item.meeting_id)
    people = queries.people_of(session, meeting=meeting, among=actor.person_id)
    if not may(actor, "meeting.see", people):
        return Rights()
    own = item.proposer_id == actor.person_id
    at_rest = meeting.state in LAID_TO_REST or item.state is ItemState.WITHDRAWN
    return Rights(see=True, change=not at_rest and (own or may(actor, "meeting.run", people)))


def _trail(session: Session, item_id: UUID) -> list[tuple[str, str]]:
    meeting = _meeting(session, item_id)
    return [
        (url_for("meetings.meetings"), _("Möten")),
        (url_for("meetings.meeting", meeting_id=meeting.id), meeting.title),
        (url_for("meetings.agenda_page", meeting_id=meeting.id), _("Dagordning")),
    ]


def _title(session: Session, item_id: UUID) -> str:
    return session.get_one(AgendaItem, item_id).title


def _changed(session: Session, item_id: UUID) -> None:
    meeting = _meeting(session, item_id)
    events.tell(session, meeting_id=meeting.id, kind=EventKind.AGENDA, about=item_id)


def _meeting(session: Session, item_id: UUID) -> Meeting:
    return session.get_one(Meeting, session.get_one(AgendaItem, item_id).meeting_id)


PLACE: Final = Place(rights=rights, trail=_trail, title=_title, changed=_changed)


def take_along(session: Session, *, item: AgendaItem, to: AgendaItem) -> None:
    """What was tabled takes its documents to the next meeting."""
    keeping.take_along(session, about=ABOUT, about_id=item.id, to=to.id)
