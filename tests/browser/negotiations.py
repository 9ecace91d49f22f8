"""Matters of a body, all of whose words hold MARK: one that is negotiated, with claims."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from dialog.core.negotiating.matters import Action
from dialog.core.negotiating.rules import Paragraph
from dialog.meetings.models import Meeting
from dialog.negotiations import claiming, meeting_up, opening, parties, steps
from dialog.negotiations.opening import Facts
from dialog.negotiations.steps import Said
from dialog.people.models import Person
from dialog.storage.clock import today
from dialog.unions.models import UnionBody, UnionOrganisation
from tests.browser.marks import MARK


@dataclass(frozen=True)
class Negotiated:
    """`claim` is a draft of the employer's."""

    matter: UUID
    claim: UUID


def negotiate(
    db: Session, *, body: UnionBody, union: UnionOrganisation, meeting: UUID, secretary: Person
) -> Negotiated:
    day = today() - timedelta(days=20)
    matter = opening.open_matter(
        db,
        body=body,
        paragraph=Paragraph.EMPLOYER_FIRST,
        facts=Facts(f"Ny organisation, {MARK}", f"Om {MARK}.", today() + timedelta(days=50)),
        organisations=[union.id],
        asked_by=None,
        day=day,
        by=secretary.id,
    )
    employer, other = parties.parties_of(db, matter_id=matter.id)
    said = Said(day, f"Vi träffar {MARK}.")
    for action in (Action.CALL, Action.BEGIN):
        steps.take(db, matter=matter, action=action, party=employer, by=secretary.id, said=said)
    theirs = claiming.write(db, matter=matter, party=other, text=f"{MARK} yrkar på mer tid.")
    claiming.put_forward(db, matter=matter, claim=theirs)
    own = claiming.write(db, matter=matter, party=employer, text=f"Vi har hört {MARK}.")
    of_body = db.get_one(Meeting, meeting)
    meeting_up.put_on(db, meeting=of_body, matters=[matter], by=secretary.id)
    db.commit()
    return Negotiated(matter.id, own.id)
