"""A secretary, people who are asked to come, and a meeting of theirs."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

from flask import Flask
from sqlmodel import Session

from dialog.meetings import planning, telling
from dialog.meetings.models import Meeting
from dialog.meetings.planning import Plan
from dialog.organisation.audiences import Audience
from dialog.people.models import Person, Role
from dialog.storage.clock import now
from dialog.worker import Worker
from tests import makers


class Cast:
    """A unit of four, and a secretary who is not in it."""

    def __init__(self, app: Flask, db: Session, *, people: int = 4) -> None:
        self.app, self.db = app, db
        db.expire_on_commit = False  # to look at a name begins no transaction that locks others out
        self.settings = app.extensions["settings"]
        self.region = makers.unit(db, "R", name="Regionen")
        self.unit = makers.unit(db, "A", self.region, name="Närhälsan")
        self.secretary = makers.person(db, "Sara Sekreterare", Role.SECRETARY)
        self.people = [
            makers.person(db, f"Person {number}", email=f"p{number}@example.org")
            for number in range(people)
        ]
        for person in self.people:
            makers.post(db, person, self.unit)

    def plan(self, **more: object) -> Plan:
        starts = (now() + timedelta(days=20)).replace(minute=0, second=0, microsecond=0)
        given = {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "place": "Aulan"}
        return Plan(**{"title": "Dialogmöte", **given, **more})  # type: ignore[arg-type]  # as told

    def meeting(self, **more: object) -> Meeting:
        made = planning.create(self.db, by=self.secretary.id, plan=self.plan(**more))
        self.db.commit()
        return made

    def invited(self, **more: object) -> Meeting:
        """A meeting to which the unit is invited, with all its mail sent."""
        made = self.meeting(**more)
        planning.choose_audience(self.db, meeting=made, audience=Audience(units=("A",)))
        telling.invite(self.db, meeting=made, by=self.secretary.id)
        self.db.commit()
        self.work()
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

    def mail_to(self, person: Person) -> list[EmailMessage]:
        """What somebody has got, the first first."""
        found = []
        for path in sorted(
            self.settings.mail.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns
        ):
            message = message_from_bytes(path.read_bytes(), policy=policy.default)
            if person.email in str(message["To"]):
                found.append(message)
        return found
