"""The mail that asks a trustee or a deputy to do something. It says what and where; nothing in it
is secret, and nothing in it can be used by somebody else.
"""

from email.message import EmailMessage

from babel.dates import format_date

from dialog.people.models import Person
from dialog.settings import Settings
from dialog.storage import letters
from dialog.surveys.models import Round
from dialog.surveys.trustees.queries import Asked, Task


def letter(
    asked: Asked, *, to: Person, other: Person, round_: Round, settings: Settings
) -> EmailMessage:
    """The mail about a task. `other` is the deputy, or whose deputy `to` is."""
    folder = "oppning" if asked.task is Task.OPEN else "nyckel"
    last = round_.unopened_until
    written = (
        letters.templates("dialog.surveys", "templates/surveys/trustees")
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
    return letters.compose(
        written, name=to.name, email=to.email, sender=settings.mail_from, base_url=settings.base_url
    )
