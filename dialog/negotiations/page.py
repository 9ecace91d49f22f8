"""What the pages of negotiations show, and who may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, url_for
from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.negotiating.matters import possible
from dialog.documents import queries as documents
from dialog.documents import words as document_words
from dialog.meetings.models import AgendaItem, Meeting
from dialog.minutes import queries as texts
from dialog.negotiations import (
    claiming,
    documenting,
    informing,
    lawful,
    meeting_up,
    parties,
    places,
    queries,
    readers,
    reserving,
    samverkan_pages,
    steps,
    words,
)
from dialog.negotiations.models import MblMatter
from dialog.negotiations.parties import Party, may_take
from dialog.negotiations.positions import Position
from dialog.negotiations.readers import Reader
from dialog.people.permissions import InBody, may
from dialog.people.signing_in import actor, permit
from dialog.storage.clock import today
from dialog.unions import acting
from dialog.unions import queries as unions
from dialog.unions.models import UnionBody
from dialog.web.database import session


@dataclass(frozen=True)
class Shown:
    """A matter as the one who looks stands to it; `mine` is their party, if it is one, and `stands`
    how it stands for that.
    """

    matter: MblMatter
    body: UnionBody
    reader: Reader
    parties: Sequence[Party]
    mine: Party | None
    stands: Position


def body(body_id: UUID, action: str = "matter.see") -> tuple[UnionBody, Reader]:
    """The group, for somebody who may; for others its matters do not exist."""
    found = session().get(UnionBody, body_id)
    thing = unions.in_body(found) if found else InBody()
    if found is not None and not may(actor(), "matter.see", thing):
        acting.offer([found.id])
    permit(action, thing)
    found = found or abort(404)
    reader = readers.reader_of(found, actor())
    if action == "matter.keep" and not reader.keeps:
        abort(404)
    return found, reader


def existing(matter_id: UUID, action: str = "matter.see") -> Shown:
    """The matter, for somebody who may."""
    matter = session().get(MblMatter, matter_id) or abort(404)
    of, reader = body(matter.body_id, action)
    if not reader.sees(matter):
        abort(404)
    all_ = parties.parties_of(session(), matter_id=matter.id)
    organisation = None if reader.keeps else reader.organisation_id
    mine = parties.mine(all_, organisation_id=organisation)
    stands = queries.position(session(), matter=matter, party=mine)
    return Shown(matter, of, reader, all_, mine, stands)


def own_party(matter_id: UUID) -> tuple[Shown, Party]:
    """The matter, for somebody whose party it concerns; for others there is no such page."""
    shown = existing(matter_id)
    return shown, shown.mine or abort(404)


def facts(shown: Shown) -> dict[str, Any]:
    """What the page of a matter knows of it."""
    matter, stands = shown.matter, shown.stands
    pages = samverkan_pages.pages(stands.rules)
    slugs = {page.action: slug for slug, page in pages.items()}
    mine = [each for each in possible(matter.state, stands.rules) if may_take(shown.mine, each)]
    now, excepted = lawful.offered(stands, [each for each in mine if each in slugs], today())
    sent = informing.sent_in(session(), matter=matter, parties=shown.parties)
    meetings = meeting_up.meetings_of(session(), matter=matter)
    given = meeting_up.given_at(matter, stands.rules, meetings)
    later = meeting_up.not_given(session(), meeting=given, sent=sent)
    return {
        **frame(shown),
        "dues": stands.dues(today()),
        "block": stands.block(today()),
        "actions": [(pages[slugs[each]], slugs[each]) for each in now],
        "excepted": [(pages[slugs[each]], slugs[each]) for each in excepted],
        "claims": claiming.claims_of(session(), parties=shown.parties, own=shown.mine),
        "claiming": shown.mine is not None and matter.state in claiming.WHILE,
        "happened": happened(shown),
        "sent": sent,
        "given": given,
        "later": later,
        "to_note": [each.sending.id for each in later if each.waits_for(shown.mine)],
        "minutes": minutes_link(shown),
        **handed_in(shown),
        "meetings": meetings,
    }


def frame(shown: Shown) -> dict[str, Any]:
    """What every page of a matter knows."""
    return {
        "shown": shown, "matter": shown.matter, "body": shown.body, "reader": shown.reader,
        "rules": shown.stands.rules, "words": words,
    }  # fmt: skip


def handed_in(shown: Shown) -> dict[str, Any]:
    """The documents of all parties, of each, and those under each reservation; for the employer
    with who has acknowledged it.
    """
    handed = reserving.reservations_of(session(), matter=shown.matter)
    reservations = handed if shown.mine else ()  # for the parties, and for nobody else in the body
    reserved = documents.documents_of(
        session(), about=places.RESERVATION, about_ids=[each.id for each in reservations]
    )
    of_parties = documents.documents_of(
        session(), about=places.PARTY, about_ids=[each.row.id for each in shown.parties]
    )
    told = [each.document.id for all_ in reserved.values() for each in all_]
    return {
        "documents": documents.documents_of(
            session(), about=places.MATTER, about_ids=[shown.matter.id]
        ).get(shown.matter.id, []),
        "of_parties": [
            (each, of_parties[each.row.id]) for each in shown.parties if each.row.id in of_parties
        ],
        "reservations": [(each, reserved.get(each.id, [])) for each in reservations],
        "acknowledged": reserving.acknowledged(session(), documents=told)
        if shown.reader.keeps
        else {},
        "document_words": document_words,
    }


def minutes_link(shown: Shown) -> str:
    """What the page says of the minutes to whoever looks; empty: there is nothing yet."""
    found = texts.minutes_of(session(), about=documenting.ABOUT, about_id=shown.matter.id)
    if found is not None:
        return str(_("Protokoll")) if found.number or shown.reader.keeps else ""
    begun = shown.matter.state not in documenting.NOT_BEGUN
    return str(_("Skriv protokoll")) if shown.reader.keeps and begun else ""


def happened(shown: Shown) -> list[tuple[Any, str]]:
    """Each step with whose it was: the party; the employer's side is told who of theirs."""
    names: dict[UUID | None, str] = {each.row.id: each.name for each in shown.parties}
    rows = steps.STEPS.kept(session(), shown.matter)
    return [
        (row, ", ".join(filter(None, (names.get(row.party_id), who if shown.reader.keeps else ""))))
        for row, who in rows
    ]


def matters_of_items(
    db: Session, meeting: Meeting, items: Sequence[AgendaItem]
) -> Mapping[UUID, str]:
    """The address of the matter of each item that has one, for who sees the body's matters."""
    if not may(actor(), "matter.see", unions.in_body(db.get_one(UnionBody, meeting.body_id))):
        return {}
    found = meeting_up.matters_of(db, items=items)
    return {item: url_for("negotiations.matter", matter_id=of) for item, of in found.items()}
