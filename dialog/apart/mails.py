"""Taking mail apart: who wrote, when, what about, the text, and the attachments as files.

RFC 5322 and MIME by Python's own `email`, Outlook's `.msg` ([MS-OXMSG]) by python-oxmsg.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from email import message_from_binary_file, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final

from dialog.core.documents.kinds import Fault, UnfitError

ATTACHMENTS: Final = 50
LONGEST: Final = 200_000  # characters of a text
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass
class Mail:
    """As it is told: `files` are names of attachments, whose bytes lie as 0, 1, 2 … in a folder;
    `at` is ISO 8601 with a zone, or empty.
    """

    sender: str = ""
    to: str = ""
    at: str = ""
    subject: str = ""
    text: str = ""
    cut: bool = False  # there was more text
    files: list[str] = field(default_factory=list)


def take_apart(path: str, folder: str) -> dict[str, Any]:
    """The mail in the file at `path`, its attachments written into `folder`. Raises UnfitError
    where it is no mail.
    """
    with Path(path).open("rb") as file:
        outlook = file.read(len(_OLE)) == _OLE
    mail, attached = _outlook(path) if outlook else _internet(path)
    text = "\n".join(mail.text.splitlines()).strip()
    mail.text, mail.cut = text[:LONGEST], len(text) > LONGEST
    for number, (name, content) in enumerate(attached):
        if number == ATTACHMENTS:
            raise UnfitError(Fault.BOMB)
        (Path(folder) / str(number)).write_bytes(content)
        mail.files.append(name)
    return asdict(mail)


def _internet(path: str) -> tuple[Mail, Iterator[tuple[str, bytes]]]:
    with Path(path).open("rb") as file:
        message = message_from_binary_file(file, _class=EmailMessage, policy=policy.default)
    if not message.get("From") and not message.get("Subject"):
        raise UnfitError(Fault.UNKNOWN)
    body = message.get_body(("plain", "html"))
    text = _content(body) if body is not None else ""
    if body is not None and body.get_content_type() == "text/html":
        text = _words(text)
    mail = Mail(
        _line(message.get("From")), _line(message.get("To")), _moment(message.get("Date")),
        _line(message.get("Subject")), text,
    )  # fmt: skip
    return mail, ((_name(each), _bytes(each)) for each in message.iter_attachments())


def _outlook(path: str) -> tuple[Mail, Iterator[tuple[str, bytes]]]:
    from oxmsg import Message  # noqa: PLC0415 - for this kind of file alone

    try:
        message = Message.load(path)
        text = message.body or _words(message.html_body or "")
        at = message.sent_date
        to = ", ".join(f"{each.name} <{each.email_address}>" for each in message.recipients)
        mail = Mail(
            _line(message.sender), _line(to), _iso(at) if at else "", _line(message.subject), text
        )
        attached = [(each.file_name or "", each.file_bytes or b"") for each in message.attachments]
    except UnfitError:
        raise
    except Exception as broken:  # whatever a library says of a file that somebody has made
        raise UnfitError(Fault.BROKEN) from broken
    return mail, iter(attached)


def _content(part: Any) -> str:
    """The text, whatever it says of its own signs."""
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError):
        given: Any = part.get_payload(decode=True)
        return bytes(given or b"").decode("latin-1")


def _bytes(part: Any) -> bytes:
    """A mail that is attached to a mail is a file too."""
    if part.get_content_maintype() == "message":
        inner = part.get_payload()
        return bytes(inner[0]) if isinstance(inner, list) and inner else b""
    return bytes(part.get_payload(decode=True) or b"")


def _name(part: Any) -> str:
    if part.get_content_type() == "message/rfc822":
        return str(part.get_filename() or "mejl.eml")
    return str(part.get_filename() or "")


def _words(html: str) -> str:
    """What somebody would read of it; nothing of it is fetched or run."""
    from lxml import html as documents  # noqa: PLC0415 - for this kind of text alone

    if not html.strip():
        return ""
    tree = documents.fromstring(html)
    for each in list(tree.iter("script", "style", "head", "title")):
        each.drop_tree()
    for each in tree.iter("br", "p", "div", "tr", "li", "h1", "h2", "h3"):
        each.tail = "\n" + (each.tail or "")
    lines = (line.strip() for line in str(tree.text_content()).splitlines())
    return "\n".join(_without_gaps(lines)).strip()


def _without_gaps(lines: Iterable[str]) -> Iterator[str]:
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line


def _line(said: Any) -> str:
    return " ".join(str(said or "").split())[:500]


def _moment(said: Any) -> str:
    try:
        return _iso(parsedate_to_datetime(str(said)))
    except (TypeError, ValueError):
        return ""


def _iso(at: datetime) -> str:
    return at.isoformat() if at.tzinfo else ""
