"""Mail that does not reach somebody: noted on the person, and the others get theirs."""

from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlmodel import Session, select

from dialog.meetings import registering, telling
from dialog.meetings.models import Answer
from dialog.people.models import Person
from dialog.storage import mailing
from dialog.storage.outbox import OutboxRow
from tests.meetings.cast import Cast

NOWHERE = "p0@example.org"


class Mailer:
    def __init__(self) -> None:
        self.sent: list[str] = []

    def send(self, message: EmailMessage) -> None:
        address = message["To"].addresses[0].addr_spec
        if address == NOWHERE:
            raise mailing.UndeliverableError("no such mailbox")
        self.sent.append(address)


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db)


@pytest.fixture
def mailer(monkeypatch: pytest.MonkeyPatch) -> Mailer:
    made = Mailer()

    @contextmanager
    def connect(_url: str, **_folder: object) -> Iterator[Mailer]:
        yield made

    monkeypatch.setattr(mailing, "connect", connect)
    return made


def problem(db: Session) -> str:
    found = db.exec(select(Person.mail_problem).where(Person.email == NOWHERE)).one()
    failed = db.exec(select(OutboxRow).where(OutboxRow.attempts > 1)).all()
    db.commit()
    assert not failed  # it is nobody's duty to try again
    return found


def test_an_invitation_that_reaches_nobody_is_noted_and_the_others_get_theirs(
    mailer: Mailer, db: Session, cast: Cast
) -> None:
    cast.invited()
    assert sorted(mailer.sent) == ["p1@example.org", "p2@example.org", "p3@example.org"]
    assert problem(db) == "no such mailbox"


def test_news_of_a_seat_that_reaches_nobody_is_noted_too(
    mailer: Mailer, db: Session, cast: Cast
) -> None:
    meeting = cast.invited()
    who = db.exec(select(Person).where(Person.email == NOWHERE)).one()
    who.mail_problem = ""
    db.add(who)
    registering.answer(db, meeting=meeting, person_id=who.id, given=Answer.YES)
    telling.seat(db, meeting=meeting, person_id=who.id)
    cast.work()
    assert problem(db) == "no such mailbox"
