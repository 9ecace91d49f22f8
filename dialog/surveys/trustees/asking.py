"""Asking trustees and deputies by mail for what waits for them, and again while it does."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from dialog.desk import Desk, Duty, Finish
from dialog.people import undelivered
from dialog.people.models import Person
from dialog.storage import outbox
from dialog.storage.clock import now
from dialog.surveys.models import Round
from dialog.surveys.trustees import queries
from dialog.surveys.trustees.letters import letter
from dialog.surveys.trustees.queries import Asked, Task

KIND: Final = "mail.trustee"
AGAIN_AFTER: Final = timedelta(days=3)
AT_MOST: Final = 10  # mails about one thing: who has not answered then is asked in person


def ask_due(desk: Desk) -> None:
    """Put a mail in the outbox for everything that waits, once for each three days it has waited.
    A deputy is asked to open only when the trustee has not done it within the first of them.
    """
    with desk.reading() as session:
        due = [
            (each, number)
            for each in queries.asked(session)
            if _is_wanted(each, number := (now() - each.since) // AGAIN_AFTER)
        ]
        new = [pair for pair in due if not outbox.is_known(session, key=_key(*pair))]
    if not new:
        return
    with desk.writing() as session:
        for each, number in new:
            outbox.put(
                session,
                kind=KIND,
                key=_key(each, number),
                payload={
                    "round": str(each.round_id),
                    "person": str(each.person_id),
                    "task": each.task.value,
                },
            )
        session.commit()


def _is_wanted(asked: Asked, number: int) -> bool:
    waits_for_the_trustee = asked.task is Task.OPEN and asked.is_deputy and number == 0
    return number < AT_MOST and not waits_for_the_trustee


def _key(asked: Asked, number: int) -> str:
    since = int(asked.since.timestamp())
    return f"{KIND}:{asked.task.value}:{asked.trustee.id}:{asked.person_id}:{since}:{number}"


def send(desk: Desk, duty: Duty) -> Finish | None:
    """Send the mail of a duty if the thing still waits. Killed between sending and marking, it is
    sent twice: harmless.
    """
    payload = duty.payload
    round_id, person_id = UUID(str(payload["round"])), UUID(str(payload["person"]))
    with desk.reading() as session:
        waiting = queries.asked_of(session, person_id=person_id)
        asked = next(
            (
                each
                for each in waiting
                if each.round_id == round_id and each.task.value == payload["task"]
            ),
            None,
        )  # fmt: skip - read as one question
        if asked is None:
            return None
        to, other = _pair(session, asked)
        if not to.active:
            return None
        message = letter(
            asked,
            to=to,
            other=other,
            round_=session.get_one(Round, round_id),
            settings=desk.settings,
        )
    return undelivered.noting(person_id, desk.send(message))


def _pair(session: Session, asked: Asked) -> tuple[Person, Person]:
    """Who is asked, and the other one of the place."""
    trustee = asked.trustee
    other = trustee.person_id if asked.is_deputy else trustee.deputy_id
    return session.get_one(Person, asked.person_id), session.get_one(Person, other)
