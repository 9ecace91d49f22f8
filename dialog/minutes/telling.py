"""Telling attesters and readers that a text has been sent round: mail that is still to be sent."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from sqlmodel import Session

from dialog.minutes import queries
from dialog.minutes.models import Minutes
from dialog.storage import outbox

KIND: Final = "mail.minutes"


def ask(session: Session, *, minutes: Minutes, people: Iterable[UUID]) -> None:
    """Ask these people to attest the last version."""
    _put(session, minutes, "attest", people)


def ask_attesters(session: Session, *, minutes: Minutes) -> None:
    """Ask all attesters anew: the text has changed."""
    attesters = queries.attesters_of(session, minutes=minutes)
    ask(session, minutes=minutes, people=[each.person.id for each in attesters])


def show(session: Session, *, minutes: Minutes, people: Iterable[UUID]) -> None:
    """Tell readers that there is a text to read; not those who are asked to attest it."""
    attesters = {each.person.id for each in queries.attesters_of(session, minutes=minutes)}
    _put(session, minutes, "read", set(people) - attesters)


def _put(session: Session, minutes: Minutes, letter: str, people: Iterable[UUID]) -> None:
    for person in sorted(people):
        outbox.put(
            session,
            kind=KIND,
            key=f"{KIND}:{letter}:{minutes.id}:{minutes.number}:{person}",
            payload={
                "minutes": str(minutes.id),
                "number": minutes.number,
                "letter": letter,
                "person": str(person),
            },
        )
