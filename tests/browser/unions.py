"""Unions, a group, and mandates of people in the house: one in force, one that has ended."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, select

from dialog.organisation.models import Unit
from dialog.people import secret_links
from dialog.people.models import Person
from dialog.storage.clock import today
from dialog.unions import addresses, keeping, mandating
from dialog.unions.keeping import Body
from dialog.unions.mandating import Notice
from dialog.unions.models import BodyKind, NoticeAddress


@dataclass(frozen=True)
class Represented:
    """`mine` is the first person's, and waits for an address to be confirmed by `secret`."""

    body: UUID
    organisation: UUID
    mine: UUID
    ended: UUID
    secret: str


def represent(db: Session, *, secretary: Person, people: list[Person]) -> Represented:
    region = db.exec(select(Unit).where(Unit.depth == 0)).first()
    assert region is not None
    union = keeping.save_organisation(
        db, organisation=None, name="Vårdförbundet Ljung", short_name="VL"
    )
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
    address = NoticeAddress(
        mandate_id=mandates[0].id,
        email="fack@example.org",
        nonce="n",
        secret_hash=secret_links.digest("hemligt"),
        asked_on=today(),
    )
    db.add(address)
    db.commit()
    assert addresses.find(db, secret="hemligt") is not None
    return Represented(body.id, union.id, mandates[0].id, mandates[1].id, "hemligt")
