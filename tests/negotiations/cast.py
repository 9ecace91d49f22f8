"""RS MBL with two unions, each with somebody who acts for it, and matters between them."""

from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.core.negotiating.rules import Paragraph
from dialog.negotiations import opening
from dialog.negotiations.models import MblMatter
from dialog.negotiations.opening import Facts
from dialog.people.models import Person
from dialog.storage.clock import today
from tests.conftest import sign_in
from tests.unions.cast import Cast as Unions
from tests.unions.cast import days_ago

TITLE = "Ny ledningsorganisation"


class Cast(Unions):
    """Vera acts for the first union, Ture for the second."""

    def __init__(self, app: Flask, db: Session) -> None:
        super().__init__(app, db)
        self.mandates = {
            person.id: self.mandate(person, union=union).id
            for union, person in enumerate((self.vera, self.ture))
        }

    def browser(self, person: Person, *, acting: bool = True) -> FlaskClient:
        """Signed in; who has a mandate acts under it."""
        client = sign_in(self.app.test_client(), self.db, person)
        if acting and person.id in self.mandates:
            client.post(f"/mina-uppdrag/{self.mandates[person.id]}/foretrad")
        return client

    def matter(
        self, paragraph: Paragraph = Paragraph.EMPLOYER_FIRST, *, day: date | None = None
    ) -> UUID:
        with self.app.test_request_context():
            made = opening.open_matter(
                self.db,
                body=self.body,
                paragraph=paragraph,
                facts=Facts(TITLE, decision_on=today() + timedelta(days=60)),
                organisations=[each.id for each in self.unions],
                asked_by=None,
                day=day or days_ago(40),
                by=self.secretary.id,
            )
        self.db.commit()
        return made.id

    def mails(self) -> list[EmailMessage]:
        """All that is sent when what waits is sent."""
        self.work()
        paths = self.settings.mail.glob("*.eml")
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]

    def stands(self, matter_id: UUID) -> MblMatter:
        """As it is now, with nothing left open in the database."""
        query = select(MblMatter).where(MblMatter.id == matter_id)
        found = self.db.exec(query.execution_options(populate_existing=True)).one()
        self.db.commit()
        return found
