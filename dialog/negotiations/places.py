"""What documents are told of a matter: who sees those of all parties, those under a reservation,
and those that a party has handed in itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.negotiating.matters import State
from dialog.documents.models import Document
from dialog.documents.places import Place, Rights
from dialog.negotiations import parties, reserving
from dialog.negotiations.models import MblMatter, MblParty, MblReservation
from dialog.negotiations.readers import Reader, reader
from dialog.people.permissions import Actor
from dialog.unions.models import UnionBody
from dialog.unions.words import room

MATTER: Final = "mbl-matter"
RESERVATION: Final = "mbl-reservation"
PARTY: Final = "mbl-party"
Found = Callable[[Session, UUID], MblMatter | None]


def _matter(session: Session, matter_id: UUID) -> MblMatter | None:
    return session.get(MblMatter, matter_id)


def _of(row: type[Any]) -> Found:
    def find(session: Session, about_id: UUID) -> MblMatter | None:
        found = session.get(row, about_id)
        return session.get_one(MblMatter, found.matter_id) if found else None

    return find


def _employers(_session: Session, _about_id: UUID, who: Reader) -> bool:
    return who.keeps


def _partys(session: Session, about_id: UUID, who: Reader) -> bool:
    party = session.get_one(MblParty, about_id)
    return party.organisation_id == (None if who.keeps else who.organisation_id)


def _first(session: Session, document: Document, actor: Actor) -> str:
    """Who gets a document under a reservation reads that first; who hands it out need not."""
    reservation = session.get_one(MblReservation, document.about_id)
    matter = session.get_one(MblMatter, reservation.matter_id)
    who, person = reader(session, matter=matter, actor=actor), actor.person_id
    if who is None or who.keeps or person is None:
        return ""
    if reserving.has_acknowledged(session, document_id=document.id, person_id=person):
        return ""
    return url_for("negotiations.acknowledge", document_id=document.id)


def _everybodys(_session: Session, _matter: MblMatter, _who: Reader) -> bool:
    return True


def _partys_alone(session: Session, matter: MblMatter, who: Reader) -> bool:
    """What binds who gets it goes to the parties, and not to others who see the matter."""
    if who.keeps:
        return True
    all_ = parties.parties_of(session, matter_id=matter.id)
    return parties.mine(all_, organisation_id=who.organisation_id) is not None


def _place(
    find: Found,
    changes: Callable[[Session, UUID, Reader], bool],
    sees: Callable[[Session, MblMatter, Reader], bool] = _everybodys,
) -> Place:
    """The documents of what `find` finds the matter of, changed by whom `changes` says, and seen by
    whom `sees` says of those who see the matter.
    """

    def rights(session: Session, about_id: UUID, actor: Actor) -> Rights:
        matter = find(session, about_id)
        who = reader(session, matter=matter, actor=actor) if matter else None
        if matter is None or who is None or not sees(session, matter, who):
            return Rights()
        change = matter.state is not State.CLOSED and changes(session, about_id, who)
        return Rights(see=True, change=change, nameless=not who.keeps)  # who would tell of a union

    def there(session: Session, about_id: UUID) -> MblMatter:
        matter = find(session, about_id)
        assert matter is not None  # `rights` has seen it
        return matter

    def trail(session: Session, about_id: UUID) -> list[tuple[str, str]]:
        matter = there(session, about_id)
        body = session.get_one(UnionBody, matter.body_id)
        return [
            (url_for("negotiations.matters", body_id=body.id),
             _("%(room)s i %(body)s", room=room(body), body=body.name)),
            (url_for("negotiations.matter", matter_id=matter.id), matter.title),
        ]  # fmt: skip

    def title(session: Session, about_id: UUID) -> str:
        return there(session, about_id).title

    return Place(rights=rights, trail=trail, title=title, changed=lambda *_of: None)


def _reserved_title(session: Session, about_id: UUID) -> str:
    said = session.get_one(MblReservation, about_id).words
    return str(_("Lämnas med förbehåll: %(words)s", words=said))


PLACES: Final[Mapping[str, Place]] = {
    MATTER: _place(_matter, _employers),
    PARTY: _place(_of(MblParty), _partys),
    RESERVATION: replace(
        _place(_of(MblReservation), _employers, _partys_alone), title=_reserved_title, first=_first
    ),
}
