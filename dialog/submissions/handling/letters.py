"""Mail to a handler: put in the outbox where it is decided, and sent only if it is still so."""

from datetime import date
from email.message import EmailMessage
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from babel.dates import format_date
from sqlmodel import Session

from dialog.core.submissions import HANDLED
from dialog.desk import Desk, Duty, Finish
from dialog.people import undelivered
from dialog.people.models import Person
from dialog.settings import Settings
from dialog.storage import letters, outbox
from dialog.submissions.handling.entering import number_of
from dialog.submissions.models import Submission

KIND: Final = "mail.submission-handler"


class Letter(StrEnum):
    ASSIGNED = "assigned"
    SOON = "soon"
    LATE = "late"


def key_of(submission: Submission, letter: Letter, occasion: str) -> str:
    return f"{KIND}:{letter}:{submission.id}:{submission.handler_id}:{occasion}"


def ask(session: Session, *, submission: Submission, letter: Letter, occasion: str) -> None:
    """Have its handler told once; `occasion` tells one time from another."""
    if submission.promised_on is None:
        return
    payload = {
        "submission": str(submission.id),
        "person": str(submission.handler_id),
        "letter": letter.value,
        "due": submission.promised_on.isoformat(),
    }
    key = key_of(submission, letter, occasion)
    outbox.put(session, kind=KIND, key=key, payload=payload)


def send(desk: Desk, duty: Duty) -> Finish | None:
    """Killed between sending and marking, it is sent twice: harmless."""
    with desk.reading() as session:
        submission = session.get_one(Submission, UUID(str(duty.payload["submission"])))
        person = session.get_one(Person, UUID(str(duty.payload["person"])))
        if not person.active or not _is_wanted(submission, duty.payload, person.id):
            return None
        number = str(number_of(session, submission=submission))
        message = write(
            Letter(duty.payload["letter"]), submission, number, to=person, settings=desk.settings
        )
    return undelivered.noting(person.id, desk.send(message))


def _is_wanted(submission: Submission, payload: Any, person_id: UUID) -> bool:
    due = submission.promised_on.isoformat() if submission.promised_on else None
    return (
        submission.state in HANDLED and submission.handler_id == person_id and payload["due"] == due
    )


def write(
    letter: Letter, submission: Submission, number: str, *, to: Person, settings: Settings
) -> EmailMessage:
    """The number, the day and the page: neither who wrote it nor what it is about."""
    words = (
        letters.templates("dialog.submissions", "templates/handling")
        .get_template("mail.txt")
        .render(
            language=to.language,
            letter=letter.value,
            number=number,
            due=_day(submission.promised_on, to.language),
            page=f"{settings.base_url}/inkomna-skrivelser/{submission.id}",
        )
    )
    return letters.compose(
        words, name=to.name, email=to.email, sender=settings.mail_from, base_url=settings.base_url
    )


def _day(day: date | None, language: str) -> str:
    return format_date(day, "d MMMM y", locale=language) if day else ""
