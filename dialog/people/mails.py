"""Mail about accounts, written when it is sent: until then no secret stands anywhere."""

from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from typing import Any, Final
from uuid import UUID, uuid4

from babel.dates import format_datetime
from sqlmodel import Session

from dialog.people.models import Account, Person
from dialog.people.password_links import grouped, is_valid, link_key, secret_of
from dialog.settings import Settings
from dialog.storage import letters, outbox
from dialog.storage.clock import STOCKHOLM

KIND: Final = "mail.password"

_WORDS: Final = {
    "sv": (
        "Välj ditt lösenord i Dialog",
        """Hej!

Här väljer du ditt lösenord i Dialog:

{link}

Om länken inte fungerar: öppna {page} och skriv koden

{code}

Länken och koden gäller till {until} och bara en gång.

Har du inte bett om det här? Då behöver du inte göra något. Ditt lösenord är som förut, och den
som bad om länken får inte veta om du har ett konto.
""",
    ),
    "en": (
        "Choose your password in Dialog",
        """Hello,

Choose your password in Dialog here:

{link}

If the link does not work: open {page} and type the code

{code}

The link and the code work until {until}, and only once.

Did you not ask for this? Then you need not do anything. Your password is unchanged, and whoever
asked for the link is not told whether you have an account.
""",
    ),
}


def ask_for_mail(session: Session, *, person_id: UUID | None) -> None:
    """Have the worker send the person's link. The duty says who, not what. With None nothing will
    be sent, but asking took as long: who has an account cannot be told by a clock.
    """
    person_id = person_id or uuid4()
    outbox.put(session, kind=KIND, key=f"{KIND}:{uuid4()}", payload={"person_id": str(person_id)})


def password_address(base_url: str, secret: str) -> str:
    """The link. The secret stands after #, so no server's log and no referrer ever holds it."""
    return f"{base_url}/valj-losenord#{secret}"


def render_password_mail(
    session: Session, payload: Mapping[str, Any], *, settings: Settings
) -> EmailMessage | None:
    """The mail with the link that is valid now; None if there is none to send any more."""
    person_id = UUID(str(payload["person_id"]))
    person, account = session.get(Person, person_id), session.get(Account, person_id)
    if person is None or account is None or not person.active or not is_valid(account):
        return None
    secret = secret_of(account, key=link_key(settings.keys))
    subject, words = _WORDS.get(person.language, _WORDS["sv"])
    text = words.format(
        link=password_address(settings.base_url, secret),
        page=f"{settings.base_url}/valj-losenord",
        code=grouped(secret),
        until=_moment(account.link_expires, person.language),
    )
    return letters.compose(
        f"{subject}\n\n{text}",
        name=person.name,
        email=person.email,
        sender=settings.mail_from,
        base_url=settings.base_url,
    )


def _moment(when: datetime | None, language: str) -> str:
    pattern = "d MMMM y 'at' HH:mm" if language == "en" else "d MMMM y 'kl.' HH.mm"
    return format_datetime(when, pattern, tzinfo=STOCKHOLM, locale=language)
