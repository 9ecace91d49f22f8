"""A body with its secretary, a negotiator, two unions, and people who represent them."""

from datetime import date, timedelta
from uuid import UUID

from flask import Flask
from sqlmodel import Session

from dialog.people.models import Person, Role
from dialog.storage.clock import today
from dialog.unions import keeping, mandating
from dialog.unions.keeping import Body
from dialog.unions.mandating import Notice
from dialog.unions.models import BodyKind, Mandate, UnionBody
from dialog.worker import Worker
from tests import makers


class Cast:
    """Vera and Ture can represent two unions in RS MBL; Kalle is their colleague."""

    def __init__(self, app: Flask, db: Session) -> None:
        self.app, self.db = app, db
        db.expire_on_commit = False  # to look at a name begins no transaction that locks others out
        self.settings = app.extensions["settings"]
        self.region = makers.unit(db, "R", name="Regionen")
        self.unit = makers.unit(db, "A", self.region, name="Närhälsan")
        self.negotiator = makers.person(db, "Nils Negotson", Role.NEGOTIATOR)
        self.secretary = makers.person(db, "Sofia Sekret")
        self.registrar = makers.person(db, "Rakel Regist", Role.REGISTRAR)
        self.vera, self.ture, self.kalle = (
            makers.person(db, name) for name in ("Vera Vald", "Ture Trogen", "Kalle Kollega")
        )
        for person in (self.vera, self.ture, self.kalle):
            makers.post(db, person, self.unit)
        with app.test_request_context():
            self.unions = [
                keeping.save_organisation(db, organisation=None, name=name, short_name=short)
                for name, short in (("Vårdförbundet Ljung", "VL"), ("Läkarfacket Björk", "LB"))
            ]
            self.body = self.another("RS MBL")
        db.commit()

    def another(self, name: str, *, keep_months: int | None = None) -> UnionBody:
        decision = "Gallringsbeslut RS 2026-00001" if keep_months is not None else ""
        said = Body(
            name, BodyKind.CENTRAL, self.region.id, self.secretary.email, keep_months, decision
        )
        made = keeping.save_body(self.db, body=None, said=said)
        self.db.commit()
        return made

    def notice(self, person: Person, *, union: int = 0, **more: object) -> Notice:
        given = {
            "unit_id": self.region.id,
            "starts_on": today() - timedelta(days=30),
            "notified_on": today(),
        }
        said = {**given, **more}
        return Notice(person.email, self.unions[union].id, **said)  # type: ignore[arg-type]  # as told

    def mandate(
        self, person: Person, *, body: UnionBody | None = None, union: int = 0, **more: object
    ) -> Mandate:
        with self.app.test_request_context():
            made = mandating.record(
                self.db,
                body=body or self.body,
                notice=self.notice(person, union=union, **more),
                by=self.secretary.id,
            )
        self.db.commit()
        return made

    def work(self) -> None:
        """Send what is to be sent."""
        self.db.commit()
        worker = Worker(makers.desk(self.db, self.settings))
        while worker.do_one():
            pass
        for row in self.db:
            self.db.refresh(row)
        self.db.commit()

    def there(self, mandate_id: UUID) -> bool:
        self.db.expire_all()
        found = self.db.get(Mandate, mandate_id) is not None
        self.db.commit()
        return found


def days_ago(number: int) -> date:
    return today() - timedelta(days=number)
