"""Mail to an official who is given a request: put in the outbox when it is, and sent only if it is
still theirs and not closed.
"""

from email.message import EmailMessage
from typing import Final
from uuid import UUID

from sqlmodel import Session

from dialog.core.requests import State
from dialog.desk import Desk, Duty, Finish
from dialog.people import undelivered
from dialog.people.models import Person
from dialog.requests import queries
from dialog.requests.models import DisclosureRequest
from dialog.settings import Settings
from dialog.storage import letters, outbox

KIND: Final = "mail.request-handler"


def ask(session: Session, *, request: DisclosureRequest, occasion: str) -> None:
    """Have its handler told once; `occasion` tells one time from another."""
    payload = {"request": str(request.id), "person": str(request.handler_id)}
    outbox.put(session, kind=KIND, key=f"{KIND}:{occasion}", payload=payload)


def send(desk: Desk, duty: Duty) -> Finish | None:
    """Killed between sending and marking, it is sent twice: harmless."""
    with desk.reading() as session:
        request = session.get_one(DisclosureRequest, UUID(str(duty.payload["request"])))
        person = session.get_one(Person, UUID(str(duty.payload["person"])))
        theirs = request.handler_id == person.id and request.state is not State.CLOSED
        if not person.active or not theirs:
            return None
        number = queries.number_of(session, request=request)
        message = write(request, number, to=person, settings=desk.settings)
    return undelivered.noting(person.id, desk.send(message))


def write(
    request: DisclosureRequest, number: str, *, to: Person, settings: Settings
) -> EmailMessage:
    """The number and the page: neither who asks nor for what."""
    words = (
        letters.templates("dialog.requests", "templates/requests")
        .get_template("mail.txt")
        .render(
            language=to.language, number=number, page=f"{settings.base_url}/begaran/{request.id}"
        )
    )
    return letters.compose(
        words, name=to.name, email=to.email, sender=settings.mail_from, base_url=settings.base_url
    )
