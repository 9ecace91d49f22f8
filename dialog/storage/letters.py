"""A letter by mail: words from a template, made into a message of plain text to one person.

The worker has no Flask to render with, so a template of mail holds both languages.
"""

from email.headerregistry import Address
from email.message import EmailMessage
from functools import cache
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from dialog.storage import mailing


@cache
def templates(package: str, folder: str) -> Environment:
    """The templates of mail in a package's folder; those of HTML escape what they are given."""
    return Environment(
        loader=PackageLoader(package, folder),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def compose(words: str, *, name: str, email: str, sender: str, base_url: str) -> EmailMessage:
    """The first line of `words` is the subject, the text comes below it."""
    subject, _end, text = words.partition("\n")
    message = EmailMessage()
    message["From"] = sender
    message["To"] = Address(display_name=name, addr_spec=email)
    message["Subject"] = " ".join(subject.split())
    mailing.stamp(message, domain=domain(base_url))
    message.set_content(text.lstrip())
    return message


def domain(base_url: str) -> str:
    """The host that numbers of messages are made for."""
    return urlsplit(base_url).hostname or "localhost"
