"""A meeting that was held, a secretary who writes its minutes, and two people to attest them."""

from typing import Any

from flask import Flask
from sqlmodel import Session, select

from dialog.meetings import agenda, registering, step_views, steps
from dialog.meetings.item_states import ItemAction
from dialog.meetings.models import Meeting
from dialog.meetings.states import Action
from dialog.minutes.models import Minutes, MinutesSection, MinutesVersion
from dialog.people.accounts import keep_password
from dialog.people.models import Person
from dialog.people.passwords import hash_password
from tests import makers
from tests.meetings.cast import Cast as Meetings

PASSWORD = "ett långt lösenord"


class Cast(Meetings):
    def __init__(self, app: Flask, db: Session) -> None:
        super().__init__(app, db, people=6)
        self.chair = self._with_password("Olga Ordförande", "olga@example.org")
        self.other = self._with_password("Fred Förtroendevald", "fred@example.org")

    def _with_password(self, name: str, email: str) -> Person:
        person = makers.person(self.db, name, email=email)
        keep_password(self.db, person_id=person.id, password_hash=hash_password(PASSWORD))
        self.db.commit()
        return person

    def held(self) -> Meeting:
        """A meeting of two items, of which the second was not reached; five of six came."""
        meeting = self.invited()
        for title in ("Läget", "Schemat"):
            agenda.add(self.db, meeting=meeting, line=agenda.Line(title), by=self.secretary.id)
        steps.take(self.db, meeting=meeting, action=Action.BEGIN, by=self.secretary.id)
        first = agenda.items_of(self.db, meeting=meeting)[0]
        agenda.take(self.db, item=first, action=ItemAction.HANDLE)
        for person in self.people[:5]:
            registering.check_in(self.db, meeting=meeting, person_id=person.id)
        step_views._end(self.db, meeting=meeting, by=self.secretary.id)
        self.db.commit()
        return meeting

    def read(self, query: Any) -> list[Any]:
        """The rows as they are now; an open transaction would lock the application out."""
        found = list(self.db.exec(query.execution_options(populate_existing=True)))
        self.db.commit()
        return found

    def minutes(self) -> Minutes:
        (found,) = self.read(select(Minutes))
        assert isinstance(found, Minutes)
        return found

    def sections(self) -> list[MinutesSection]:
        return self.read(select(MinutesSection).order_by(MinutesSection.position))  # type: ignore[arg-type]  # a column

    def versions(self) -> list[MinutesVersion]:
        return self.read(select(MinutesVersion).order_by(MinutesVersion.number))  # type: ignore[arg-type]  # a column
