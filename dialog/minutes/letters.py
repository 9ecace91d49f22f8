"""Mail about minutes: one letter a duty, written when it is sent."""

from collections.abc import Callable, Mapping
from uuid import UUID

from sqlmodel import Session

from dialog.desk import Desk, Duty, Finish
from dialog.minutes.models import Minutes, MinutesState
from dialog.people.models import Person
from dialog.storage import letters, mailing
from dialog.unions.notices import Reached, noting

Reach = Callable[[Session, UUID, Person], Reached]  # with what the minutes are about


def send(desk: Desk, duty: Duty, *, reach: Mapping[str, Reach]) -> Finish | None:
    """Send the mail of a duty if its version is still the one that is sent round, to where `reach`
    (by `Minutes.about`) says. Killed between sending and marking, it is sent twice: harmless.
    """
    payload, settings = duty.payload, desk.settings
    with desk.reading() as session:
        minutes = session.get_one(Minutes, UUID(str(payload["minutes"])))
        person = session.get_one(Person, UUID(str(payload["person"])))
        to = reach[minutes.about](session, minutes.about_id, person)
    current = minutes.state is MinutesState.CIRCULATED and minutes.number == payload["number"]
    if not current or not person.active:
        return None
    template = letters.templates("dialog.minutes", "templates/minutes").get_template("mail.txt")
    words = template.render(
        language=person.language,
        letter=payload["letter"],
        again=minutes.number > 1,
        title=minutes.title,
        private=to.private,
        page=f"{settings.base_url}/anteckningar/{minutes.id}",
    )
    message = letters.compose(
        words,
        name=person.name,
        email=to.email,
        sender=settings.mail_from,
        base_url=settings.base_url,
    )
    if to.private:
        mailing.mark_private(message)
    return noting(person.id, to.mandate_id, desk.send(message))
