"""A meeting with an item that somebody asked to come has proposed; browsers; documents added."""

import io
from dataclasses import replace
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, col, select
from werkzeug.test import TestResponse

from dialog.documents.models import Document, DocumentVersion, StoredFile
from dialog.meetings import agenda, planning, telling
from dialog.meetings.models import AgendaItem, Meeting
from dialog.organisation.audiences import Audience
from dialog.people.models import Person
from tests import makers
from tests.conftest import sign_in
from tests.documents import samples
from tests.meetings.cast import Cast as Meetings


class Browser(FlaskClient):
    """Reads each answer to its end, so that no file stays open."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, **{"buffered": True, **kwargs})


class Cast(Meetings):
    """`people[0]` has proposed an item; `people[1]` is asked to come; the stranger is not."""

    def __init__(self, app: Flask, db: Session) -> None:
        super().__init__(app, db)
        app.test_client_class = Browser
        self.stranger = makers.person(db, "Olle Okallad")
        self.held: Meeting = self.meeting()
        planning.choose_audience(db, meeting=self.held, audience=Audience(units=("A",)))
        telling.invite(db, meeting=self.held, by=self.secretary.id)
        self.item = self._item("Läget", self.secretary)
        self.proposal = self._item("Schemat", self.people[0], proposed=True)
        self._browsers: dict[str, FlaskClient] = {}

    def _item(self, title: str, by: Person, *, proposed: bool = False) -> AgendaItem:
        line = agenda.Line(title)
        made = agenda.add(self.db, meeting=self.held, line=line, by=by.id, proposed=proposed)
        self.db.commit()
        return made

    def as_(self, person: Person) -> FlaskClient:
        """A browser of somebody's own."""
        if person.email not in self._browsers:
            self._browsers[person.email] = sign_in(self.app.test_client(), self.db, person)
        return self._browsers[person.email]

    def scanner(self, address: str) -> None:
        """From now on files are shown to the scanner at `address`."""
        self.settings = replace(self.settings, scanner=address)
        self.app.extensions["settings"] = self.settings

    def page(self, item: AgendaItem | None = None) -> str:
        return f"/handlingar/till/agenda-item/{(item or self.item).id}"

    def hand_in(
        self, content: bytes | None = None, *, name: str = "Underlag åäö.pdf",
        by: Person | None = None, to: str = "",
    ) -> TestResponse:  # fmt: skip
        """Send a file as a browser does: a new document of the item, or a version at `to`."""
        data = {"file": (io.BytesIO(samples.pdf() if content is None else content), name)}
        return self.as_(by or self.secretary).post(to or self.page(), data=data)

    def documents(self) -> list[Document]:
        return list(self._read(select(Document).order_by(col(Document.created_at))))

    def versions(self) -> list[DocumentVersion]:
        return list(self._read(select(DocumentVersion).order_by(col(DocumentVersion.number))))

    def files(self) -> list[StoredFile]:
        return list(self._read(select(StoredFile)))

    def _read(self, query: Any) -> Any:
        """The rows as they are now; the transaction ends, for it would lock the application out."""
        found = self.db.exec(query.execution_options(populate_existing=True)).all()
        self.db.commit()
        return found
