"""Matters of a body, all of whose words hold MARK: one that is negotiated, with claims, something
sent, a document under a reservation and minutes; and one that is being prepared.
"""

import io
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from dialog.core.negotiating.matters import Action
from dialog.core.negotiating.rules import Paragraph
from dialog.documents import keeping, taking
from dialog.meetings.models import Meeting
from dialog.minutes import writing
from dialog.negotiations import (
    claiming,
    documenting,
    informing,
    meeting_up,
    opening,
    parties,
    places,
    reserving,
    steps,
)
from dialog.negotiations.opening import Facts
from dialog.negotiations.steps import Said
from dialog.people.models import Person
from dialog.settings import Settings
from dialog.storage.clock import today
from dialog.unions.models import UnionBody, UnionOrganisation
from tests.browser.marks import MARK


@dataclass(frozen=True)
class Negotiated:
    """`claim` is a draft of the employer's."""

    matter: UUID
    claim: UUID
    sending: UUID
    reserved: UUID
    prepared: UUID


def negotiate(
    db: Session,
    settings: Settings,
    *,
    body: UnionBody,
    union: UnionOrganisation,
    meeting: UUID,
    secretary: Person,
) -> Negotiated:
    day = today() - timedelta(days=20)
    matter, prepared = (
        opening.open_matter(
            db,
            body=body,
            paragraph=paragraph,
            facts=Facts(f"Ny organisation, {MARK}", f"Om {MARK}.", today() + timedelta(days=50)),
            organisations=[union.id],
            asked_by=None,
            day=day,
            by=secretary.id,
        )
        for paragraph in (Paragraph.EMPLOYER_FIRST, Paragraph.INFORMED)
    )
    employer, other = parties.parties_of(db, matter_id=matter.id)
    said = Said(day, f"Vi träffar {MARK}.")
    for action in (Action.CALL, Action.BEGIN):
        steps.take(db, matter=matter, action=action, party=employer, by=secretary.id, said=said)
    theirs = claiming.write(db, matter=matter, party=other, text=f"{MARK} yrkar på mer tid.")
    claiming.put_forward(db, matter=matter, party=other, claim=theirs, edition=1)
    own = claiming.write(db, matter=matter, party=employer, text=f"Vi har hört {MARK}.")
    of_body = db.get_one(Meeting, meeting)
    meeting_up.put_on(db, meeting=of_body, matters=[matter], by=secretary.id)
    both = [employer, other]
    words = f"Underlaget till {MARK} är klart."
    sending = informing.send(db, matter=matter, parties=both, words=words, by=secretary.id)
    words = f"Får inte lämnas vidare av {MARK}."
    reservation = reserving.reserve(db, matter=matter, words=words, by=secretary.id)
    content = io.BytesIO(f"Kalkyl för {MARK}".encode())
    taken = taking.take(
        content, name=f"{MARK}.txt", otherwise="a", folder=settings.documents, scanner=""
    )
    reserved = keeping.add(
        db, about=places.RESERVATION, about_id=reservation.id, taken=taken, by=secretary.id
    )
    writing.begin(
        db, about=documenting.ABOUT, about_id=matter.id, title=matter.title,
        lines=documenting.lines(db, matter.id), by=secretary.id,
    )  # fmt: skip
    db.commit()
    return Negotiated(matter.id, own.id, sending.id, reserved.id, prepared.id)
