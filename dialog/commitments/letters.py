"""Mail to those who have something to do: put in the outbox where it is decided, written when it
is sent, and only if it is still so.
"""

from email.message import EmailMessage
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from babel.dates import format_date
from sqlmodel import Session

from dialog.commitments.models import Commitment
from dialog.core.commitments import PROMISED, State
from dialog.desk import Desk, Duty, Finish
from dialog.people import undelivered
from dialog.people.models import Person
from dialog.settings import Settings
from dialog.storage import letters, outbox

KIND: Final = "mail.commitment"


class Letter(StrEnum):
    PROPOSED = "proposed"  # to the owner
    SOON = "soon"
    TODAY = "today"
    LATE = "late"
    DATE_DECIDED = "date-decided"
    ANSWERED = "answered"
    ANSWER = "answer"  # to the one it was promised to
    DATE_ASKED = "date-asked"  # to who recorded it
    DROPPED = "dropped"


REMINDERS: Final = frozenset({Letter.SOON, Letter.TODAY, Letter.LATE})
_TO_OWNER: Final = REMINDERS | {Letter.PROPOSED, Letter.DATE_DECIDED, Letter.ANSWERED}
_WHILE: Final = {
    Letter.PROPOSED: frozenset({State.PROPOSED}),
    Letter.ANSWER: frozenset({State.DONE}),
    Letter.DATE_ASKED: PROMISED,
    Letter.DATE_DECIDED: PROMISED,
    **dict.fromkeys(REMINDERS, PROMISED),
}


def ask(
    session: Session,
    *,
    commitment: Commitment,
    letter: Letter,
    to: UUID | None,
    again: str = "",
) -> None:
    """Have it sent once; `again` tells one occasion from another. A reminder holds the day that it
    reminds of.
    """
    if to is None:
        return
    payload = {"commitment": str(commitment.id), "letter": letter.value, "person": str(to)}
    if letter in REMINDERS and commitment.due is not None:
        payload["due"] = commitment.due.isoformat()
    outbox.put(
        session,
        kind=KIND,
        key=f"{KIND}:{letter}:{commitment.id}:{to}:{again}",
        payload=payload,
    )


def send(desk: Desk, duty: Duty) -> Finish | None:
    """Killed between sending and marking, it is sent twice: harmless."""
    letter = Letter(duty.payload["letter"])
    with desk.reading() as session:
        commitment = session.get_one(Commitment, UUID(str(duty.payload["commitment"])))
        person = session.get_one(Person, UUID(str(duty.payload["person"])))
        if not person.active or not _is_wanted(commitment, letter, duty.payload, person.id):
            return None
        message = write(letter, commitment, to=person, settings=desk.settings)
    return undelivered.noting(person.id, desk.send(message))


def _is_wanted(commitment: Commitment, letter: Letter, payload: Any, person_id: UUID) -> bool:
    if commitment.state not in _WHILE.get(letter, frozenset(State)):
        return False
    if letter in _TO_OWNER and commitment.owner_id != person_id:
        return False
    if letter is Letter.DATE_ASKED and commitment.asked_due is None:
        return False
    due = commitment.due.isoformat() if commitment.due else None
    return letter not in REMINDERS or payload.get("due") == due


def write(
    letter: Letter, commitment: Commitment, *, to: Person, settings: Settings
) -> EmailMessage:
    """The title, the day and the page; the rest is read there."""
    written = (
        letters.templates("dialog.commitments", "templates/commitments")
        .get_template("mail.txt")
        .render(
            language=to.language,
            letter=letter.value,
            title=commitment.title,
            due=_day(commitment.due, to.language),
            until=_day(commitment.answer_until, to.language),
            verdict=commitment.verdict.value,
            page=f"{settings.base_url}/ataganden/{commitment.id}",
        )
    )
    return letters.compose(
        written, name=to.name, email=to.email, sender=settings.mail_from, base_url=settings.base_url
    )


def _day(day: Any, language: str) -> str:
    return format_date(day, "d MMMM y", locale=language) if day else ""
