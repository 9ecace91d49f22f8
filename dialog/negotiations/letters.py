"""Mail that says that something is new in a matter, and nothing of what; one letter a duty."""

from uuid import UUID

from sqlmodel import Session

from dialog.desk import Desk, Duty, Finish
from dialog.negotiations.models import MblMatter
from dialog.people.models import Person
from dialog.storage import letters, mailing
from dialog.unions.notices import Reached, chosen, noting


def reached(session: Session, *, matter: MblMatter, person: Person) -> Reached:
    """Where somebody is told: who represents a union, at the address they chose."""
    mandate = chosen(session, people=[(person.id, matter.body_id)]).get(person.id)
    if mandate is None:
        return Reached(person.email, private=True)
    return Reached(mandate.notice_email, private=True, mandate_id=mandate.id)


def reach(session: Session, matter_id: UUID, person: Person) -> Reached:
    """The same for minutes, which know what they are about by its id."""
    return reached(session, matter=session.get_one(MblMatter, matter_id), person=person)


def send(desk: Desk, duty: Duty) -> Finish | None:
    """Killed between sending and marking, it is sent twice: harmless."""
    settings = desk.settings
    with desk.reading() as session:
        matter = session.get_one(MblMatter, UUID(str(duty.payload["matter"])))
        person = session.get_one(Person, UUID(str(duty.payload["person"])))
        to = reached(session, matter=matter, person=person)
    if not person.active:
        return None
    template = letters.templates("dialog.negotiations", "templates/negotiations")
    words = template.get_template("mail.txt").render(
        language=person.language, page=f"{settings.base_url}/forhandlingar/{matter.id}"
    )
    message = letters.compose(
        words, name=person.name, email=to.email, sender=settings.mail_from,
        base_url=settings.base_url,
    )  # fmt: skip
    mailing.mark_private(message)
    return noting(person.id, to.mandate_id, desk.send(message))
