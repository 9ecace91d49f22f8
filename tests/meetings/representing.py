"""Meetings of a body of unions and the employer, and who acts in it."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from dialog.meetings import planning, telling
from dialog.meetings.models import (
    Meeting,
    MeetingInvitation,
)
from dialog.meetings.planning import Plan
from dialog.organisation.audiences import Audience
from dialog.people.models import Person, Role
from dialog.storage.clock import now
from dialog.unions.models import Mandate
from tests import makers
from tests.conftest import sign_in
from tests.unions.cast import Cast

TITLE = "Förhandling om schemat"


CHOSEN = "vera@facket.example"


class Meetings(Cast):
    """Vera and Ture have mandates; a secretary of ordinary meetings is in no body."""

    def __init__(self, app: Flask, db: Session) -> None:
        super().__init__(app, db)
        self.vera_mandate = self.mandate(self.vera)
        self.vera_mandate.notice_email = CHOSEN
        self.mandate(self.ture, union=1)
        self.other = makers.person(db, "Sara Sekreterare", Role.SECRETARY)
        db.commit()

    def called(
        self, *, by: Person, own: bool, audience: Audience | None = None, days: int = 20
    ) -> Meeting:
        """A meeting that the body is asked to, its own or another, with all mail sent."""
        starts = (now() + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
        plan = Plan(
            title=TITLE, about="Om helgerna.", starts_at=starts, ends_at=starts + timedelta(hours=1)
        )
        with self.app.test_request_context():
            made = planning.create(
                self.db, by=by.id, plan=plan, body_id=self.body.id if own else None
            )
            planning.choose_audience(
                self.db, meeting=made, audience=audience or Audience(), bodies=[self.body.id]
            )
            telling.invite(self.db, meeting=made, by=by.id)
        self.work()
        return made

    def asked(self, meeting: Meeting) -> dict[UUID, UUID | None]:
        query = select(MeetingInvitation).where(
            MeetingInvitation.meeting_id == meeting.id, col(MeetingInvitation.withdrawn).is_(False)
        )
        found = {row.person_id: row.body_id for row in self.db.exec(query)}
        self.db.commit()
        return found

    def mail(self) -> dict[str, EmailMessage]:
        """By address, the last to each."""
        return {
            message["To"].addresses[0].addr_spec: message
            for path in sorted(self.settings.mail.glob("*.eml"), key=lambda p: p.stat().st_mtime_ns)
            for message in [message_from_bytes(path.read_bytes(), policy=policy.default)]
        }


def acting(client: FlaskClient, cast: Meetings) -> FlaskClient:
    sign_in(client, cast.db, cast.vera)
    mandate_id = cast.db.get_one(Mandate, cast.vera_mandate.id).id
    cast.db.commit()
    client.post(f"/mina-uppdrag/{mandate_id}/foretrad")
    return client
