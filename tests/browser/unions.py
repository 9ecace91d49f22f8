"""Unions, a group with its own meeting, and mandates of people in the house: one in force, one that
has ended. Every name that tells of a union holds MARK.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, select

from dialog.diary.models import DiaryAuthority
from dialog.meetings import agenda, planning, telling
from dialog.meetings.agenda import Line
from dialog.meetings.planning import Plan
from dialog.organisation.audiences import Audience
from dialog.organisation.models import Unit
from dialog.people import secret_links
from dialog.people.models import Person
from dialog.settings import Settings
from dialog.storage.clock import now, today
from dialog.submissions import drafting, signing
from dialog.submissions.models import Submission
from dialog.unions import addresses, keeping, mandating
from dialog.unions.keeping import Body
from dialog.unions.mandating import Notice
from dialog.unions.models import BodyKind, Mandate, NoticeAddress
from tests.browser.marks import DRAFT, MARK, UNION
from tests.browser.negotiations import Negotiated, negotiate
from tests.submissions.making import enclose, hand_in, write


@dataclass(frozen=True)
class Represented:
    """`mine` is the first person's, and waits for an address to be confirmed by `secret`; `letters`
    of their organisation: a draft, another's that it is asked to sign, one that was submitted.
    """

    negotiations: Negotiated
    body: UUID
    organisation: UUID
    mine: UUID
    ended: UUID
    meeting: UUID
    secret: str
    letters: dict[str, UUID]


def represent(
    db: Session, settings: Settings, *, secretary: Person, people: list[Person]
) -> Represented:
    region = db.exec(select(Unit).where(Unit.depth == 0)).first()
    assert region is not None
    union = keeping.save_organisation(db, organisation=None, name=UNION, short_name=MARK)
    said = Body("RS MBL", BodyKind.CENTRAL, region.id, secretary.email, 24, "RS 2026-00012")
    body = keeping.save_body(db, body=None, said=said)
    mandates = [
        mandating.record(
            db,
            body=body,
            notice=Notice(
                person.email, union.id, region.id, today() - timedelta(days=60), today(), last
            ),
            by=secretary.id,
        )
        for person, last in zip(people, (None, today() - timedelta(days=3)), strict=True)
    ]
    mandates[0].notice_email = f"{MARK}@example.org".lower()
    address = NoticeAddress(
        mandate_id=mandates[0].id,
        email=f"ny-{MARK}@example.org".lower(),
        nonce="n",
        secret_hash=secret_links.digest("hemligt"),
        asked_on=today(),
    )
    db.add_all([mandates[0], address])
    db.commit()
    assert addresses.find(db, secret="hemligt") is not None
    meeting = _meeting(db, secretary=secretary, body=body.id)
    return Represented(
        negotiate(db, settings, body=body, union=union, meeting=meeting, secretary=secretary),
        body.id, union.id, mandates[0].id, mandates[1].id, meeting, "hemligt",
        _letters(db, settings, mandates[0]),
    )  # fmt: skip


def _letters(db: Session, settings: Settings, mandate: Mandate) -> dict[str, UUID]:
    """To the first board, by the mandate's organisation and by another that asks it to sign."""
    board = db.exec(select(DiaryAuthority)).first()
    assert board is not None
    other = keeping.save_organisation(db, organisation=None, name="Andra facket", short_name="AF")

    def begin(organisation: UUID, subject: str) -> Submission:
        made = drafting.begin(
            db, organisation_id=organisation, authority_id=board.id, subject=subject
        )
        return write(db, made, f"Vi vill **mer**. {DRAFT}." if DRAFT in subject else "Vi vill mer.")

    draft = begin(mandate.organisation_id, f"Om {DRAFT}")
    asked = begin(other.id, f"Tillsammans om {DRAFT}")
    enclose(db, settings, draft, f"{DRAFT}.pdf")
    signing.ask(db, submission=asked, organisation_id=mandate.organisation_id, mandate=mandate)
    sent = begin(mandate.organisation_id, "Om bemanningen")
    db.commit()
    hand_in(db, sent, mandate=mandate, settings=settings)
    db.commit()
    return {"draft": draft.id, "asked": asked.id, "sent": sent.id}


def _meeting(db: Session, *, secretary: Person, body: UUID) -> UUID:
    """The body's own, with all of its names marked."""
    starts = now() + timedelta(days=12)
    plan = Plan(
        title=f"{MARK}möte",
        about=f"Om {MARK}.",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place=f"{MARK}salen",
    )
    made = planning.create(db, by=secretary.id, plan=plan, body_id=body)
    agenda.add(db, meeting=made, line=Line(f"Punkt om {MARK}"), by=secretary.id)
    planning.choose_audience(db, meeting=made, audience=Audience(), bodies=[body])
    telling.invite(db, meeting=made, by=secretary.id)
    db.commit()
    return made.id
