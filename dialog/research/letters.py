"""Mail about applications: put in the outbox where it is decided, written when it is sent."""

from collections.abc import Iterable
from email.message import EmailMessage
from enum import StrEnum
from typing import Final
from uuid import UUID

from babel.dates import format_date
from sqlmodel import Session, col, select

from dialog.desk import Desk, Duty, Finish
from dialog.people import undelivered
from dialog.people.models import Person, Role, RoleGrant
from dialog.research.models import ApplicationStep, DataApplication, DataReader, State
from dialog.research.states import HAS_DATA
from dialog.settings import Settings
from dialog.storage import letters, outbox

KIND: Final = "mail.application"


class Letter(StrEnum):
    DECIDE = "decide"  # to approvers
    SENT_BACK = "sent-back"
    REFUSED = "refused"
    UNMADE = "unmade"
    READY = "ready"  # to everybody named
    REPORT = "report"  # what became of the data?


# In other states there is nothing to say any more.
_WHILE: Final = {
    Letter.DECIDE: frozenset({State.SUBMITTED}),
    Letter.SENT_BACK: frozenset({State.DRAFT}),
    Letter.REFUSED: frozenset({State.REFUSED}),
    Letter.UNMADE: frozenset({State.UNMADE}),
    Letter.READY: HAS_DATA,
    Letter.REPORT: frozenset({State.FETCHED, State.EXPIRED}),
}


def ask_approvers(session: Session, *, application: DataApplication, since: int) -> None:
    """Tell everybody who could decide. `since` is how often it was submitted."""
    readers = {reader.email for reader in readers_of(session, application=application)}
    approvers = session.exec(
        select(Person)
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .where(RoleGrant.role == Role.APPROVER, Person.active, Person.id != application.author_id)
        .order_by(col(Person.id))
    )
    people = [person.id for person in approvers if person.email not in readers]
    _put(session, application, Letter.DECIDE, people=people, again=since)


def ask_author(
    session: Session, *, application: DataApplication, letter: Letter, again: int = 0
) -> None:
    _put(session, application, letter, people=[application.author_id], again=again)


def ask_readers(session: Session, *, application: DataApplication, letter: Letter) -> None:
    """Everybody named in the application, and who made it."""
    author = session.get_one(Person, application.author_id)
    readers = readers_of(session, application=application)
    others = [reader.id for reader in readers if reader.email != author.email]
    _put(session, application, letter, people=[author.id], readers=others)


def _put(
    session: Session,
    application: DataApplication,
    letter: Letter,
    *,
    people: Iterable[UUID] = (),
    readers: Iterable[UUID] = (),
    again: int = 0,
) -> None:
    for kind, ids in (("person", people), ("reader", readers)):
        for each in ids:
            outbox.put(
                session,
                kind=KIND,
                key=f"{KIND}:{letter}:{application.id}:{each}:{again}",
                payload={
                    "application": str(application.id),
                    "letter": letter.value,
                    kind: str(each),
                },
            )


def readers_of(session: Session, *, application: DataApplication) -> list[DataReader]:
    query = select(DataReader).where(DataReader.application_id == application.id)
    return list(session.exec(query.order_by(col(DataReader.place))))


def send(desk: Desk, duty: Duty) -> Finish | None:
    """Send the mail of a duty if it is still so. Killed between sending and marking, it is sent
    twice: harmless.
    """
    payload = duty.payload
    with desk.reading() as session:
        application = session.get_one(DataApplication, UUID(str(payload["application"])))
        letter = Letter(payload["letter"])
        to = _recipient(session, payload.get("person"), payload.get("reader"))
        if to is None or application.state not in _WHILE[letter]:
            return None
        reason = _last_reason(session, application)
        message = write(letter, application, to=to, reason=reason, settings=desk.settings)
        person_id = payload.get("person")
    problem = desk.send(message)
    return undelivered.noting(UUID(str(person_id)), problem) if person_id else None


def _recipient(
    session: Session, person_id: str | None, reader_id: str | None
) -> tuple[str, str, str] | None:
    """Name, address, language; somebody named who has no account is written to in Swedish."""
    if person_id:
        person = session.get(Person, UUID(person_id))
        return (person.name, person.email, person.language) if person and person.active else None
    reader = session.get(DataReader, UUID(str(reader_id)))
    if reader is None:
        return None
    known = session.exec(select(Person).where(Person.email == reader.email)).first()
    return reader.name, reader.email, known.language if known else "sv"


def _last_reason(session: Session, application: DataApplication) -> str:
    query = (
        select(ApplicationStep.reason)
        .where(ApplicationStep.application_id == application.id)
        .order_by(col(ApplicationStep.at).desc())
    )
    return session.exec(query).first() or ""


def write(
    letter: Letter,
    application: DataApplication,
    *,
    to: tuple[str, str, str],
    reason: str,
    settings: Settings,
) -> EmailMessage:
    name, email, language = to
    until = application.use_until if letter is Letter.REPORT else application.fetch_until
    written = (
        letters.templates("dialog.research", "templates/research")
        .get_template("mail.txt")
        .render(
            language=language,
            letter=letter.value,
            title=application.title,
            number=application.number,
            reason=reason,
            paragraph=application.refusal_paragraph,
            page=f"{settings.base_url}/forskning/{application.id}",
            until=format_date(until, "d MMMM y", locale=language) if until else "",
        )
    )
    return letters.compose(
        written, name=name, email=email, sender=settings.mail_from, base_url=settings.base_url
    )
