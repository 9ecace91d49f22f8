"""The mail that asks a trustee or a deputy to do something. It says what and where; nothing in it
is secret, and nothing in it can be used by somebody else.
"""

from email.headerregistry import Address
from email.message import EmailMessage
from functools import cache
from urllib.parse import urlsplit

from babel.dates import format_date
from jinja2 import Environment, PackageLoader, StrictUndefined

from dialog.people.models import Person
from dialog.settings import Settings
from dialog.storage.mailing import stamp
from dialog.surveys.models import Round
from dialog.surveys.trustees.queries import Asked, Task


def letter(
    asked: Asked, *, to: Person, other: Person, round_: Round, settings: Settings
) -> EmailMessage:
    """The mail about a task. `other` is the deputy, or whose deputy `to` is."""
    folder = "oppning" if asked.task is Task.OPEN else "nyckel"
    last = round_.unopened_until
    written = (
        _templates()
        .get_template("mail.txt")
        .render(
            language=to.language,
            task=asked.task.value,
            deputy=asked.is_deputy,
            title=round_.title,
            other=other.name,
            page=f"{settings.base_url}/{folder}/{round_.id}",
            until=format_date(last, "d MMMM y", locale=to.language) if last else "",
        )
    )
    subject, _empty, words = written.partition("\n")
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = Address(display_name=to.name, addr_spec=to.email)
    message["Subject"] = subject
    stamp(message, domain=urlsplit(settings.base_url).hostname or "localhost")
    message.set_content(words.lstrip())
    return message


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("dialog.surveys", "templates/surveys/trustees"),
        autoescape=False,  # noqa: S701 - plain text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
