"""An authority's people, and a letter from two unions that has come in to them."""

from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.diary import verifying
from dialog.diary.models import DiaryAuthority, DiaryLine, Numbering
from dialog.people.models import Person, Role
from dialog.submissions.models import Submission
from tests import makers
from tests.conftest import sign_in
from tests.submissions import letters
from tests.unions.cast import Cast


class Office:
    """Rut registers, Hans and Hedda handle. Vera and Ture represent the two unions."""

    def __init__(self, app: Flask, db: Session) -> None:
        self.app, self.db = app, db
        self.unions = Cast(app, db)
        self.settings = self.unions.settings
        self.board = DiaryAuthority(name="Regionstyrelsen", letters="RS")
        self.other = DiaryAuthority(
            name="Hälso- och sjukvårdsnämnden", letters="HSN", numbering=Numbering.ENTERED
        )
        db.add_all([self.board, self.other])
        self.registrar = makers.person(db, "Rut Registrator", Role.REGISTRAR)
        self.handler = makers.person(db, "Hans Handson", Role.HANDLER)
        self.second = makers.person(db, "Hedda Handson", Role.HANDLER)
        db.commit()

    def received(
        self, subject: str = "Bemanning i sommar", *, at: datetime | None = None
    ) -> Submission:
        """A letter as it is when it has been submitted."""
        made = letters.received(
            self.db, self.settings, board=self.board, body=self.unions.body.id,
            subject=subject, at=at,
            signers=[each.id for each in self.unions.unions],
        )  # fmt: skip
        self.db.commit()
        return made

    def browser(self, person: Person) -> FlaskClient:
        client = sign_in(self.app.test_client(), self.db, person)
        self.db.commit()
        return client

    def acting(self, person: Person, *, union: int) -> FlaskClient:
        """Who represents one of the unions, while they do."""
        mandate = self.unions.mandate(person, union=union)
        client = self.browser(person)
        assert client.post(f"/mina-uppdrag/{mandate.id}/foretrad").status_code == 302
        return client

    def again(self, submission: Submission) -> Submission:
        """As it is now."""
        self.db.refresh(submission)
        self.db.commit()
        return submission

    def lines(self) -> list[DiaryLine]:
        """What stands in the board's diary, in the order of registration."""
        query = select(DiaryLine).where(DiaryLine.authority_id == self.board.id)
        fresh = query.execution_options(populate_existing=True)
        found = sorted(self.db.exec(fresh).all(), key=lambda each: each.position)
        self.db.commit()
        return found

    def faults(self) -> list[object]:
        found: list[object] = list(verifying.faults(self.db, authority=self.board))
        self.db.commit()
        return found
