"""Taking mail apart: who wrote, when, what about, the text, and the attachments as files.

RFC 5322 and MIME by Python's own `email`, Outlook's `.msg` ([MS-OXMSG]) by python-oxmsg.
"""

import mimetypes
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from email import message_from_binary_file, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final

from dialog.core.documents.kinds import Fault, UnfitError

ATTACHMENTS: Final = 50  # that are kept
NAMED: Final = 200  # that are told of
LONGEST: Final = 50_000  # characters of a text: some twenty pages
_TEXTS: Final = frozenset({"text/plain", "text/html"})
_YEARS: Final = range(1990, 2101)  # in which somebody can have written a mail
_UNWRITTEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass
class Mail:
    """As it is told: `files` are names of attachments, of which the first ATTACHMENTS lie as 0, 1,
    2 … in a folder; `more` are those that are not even named. `at` is ISO 8601 with a zone, or
    empty.
    """

    sender: str = ""
    to: str = ""
    at: str = ""
    subject: str = ""
    text: str = ""
    cut: bool = False  # there was more text
    files: list[str] = field(default_factory=list)
    more: int = 0


def take_apart(path: str, folder: str) -> dict[str, Any]:
    """The mail in the file at `path`, its attachments written into `folder`. Raises UnfitError
    where it is no mail.
    """
    with Path(path).open("rb") as file:
        outlook = file.read(len(_OLE)) == _OLE
    mail, attached = _outlook(path) if outlook else _internet(path)
    text = "\n".join(_written(mail.text).splitlines()).strip()
    mail.text, mail.cut = text[:LONGEST], len(text) > LONGEST
    for number, (name, content) in enumerate(attached):
        if number < ATTACHMENTS:
            (Path(folder) / str(number)).write_bytes(content)
        if number < NAMED:
            mail.files.append(_line(name)[:120])
        else:
            mail.more += 1
    return asdict(mail)


def _internet(path: str) -> tuple[Mail, Iterator[tuple[str, bytes]]]:
    with Path(path).open("rb") as file:
        message = message_from_binary_file(file, _class=EmailMessage, policy=policy.default)
    if not message.get("From") and not message.get("Subject"):
        raise UnfitError(Fault.UNKNOWN)
    body, text = _chosen(message)
    mail = Mail(
        _line(message.get("From")), _line(message.get("To")), _moment(message.get("Date")),
        _line(message.get("Subject")), text,
    )  # fmt: skip
    return mail, ((_name(each), _bytes(each)) for each in _leaves(message, body))


def _chosen(message: EmailMessage) -> tuple[Any, str]:
    """The part whose text the mail is, and the text: as it was written, or the words of HTML where
    there is nothing else.
    """
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    if plain is not None and (text := _content(plain)).strip():
        return plain, text
    return (html, _words(_content(html))) if html is not None else (plain, "")


def _leaves(part: Any, body: Any, *, chosen_among: bool = False) -> Iterator[Any]:
    """Every part that is not the text that was chosen: wherever it hangs in the tree, it is a file.
    Left out is the same text in another form, beside the one that was chosen.
    """
    if part is body:
        return
    if part.get_content_maintype() == "message" or not part.is_multipart():
        same = part.get_content_type() in _TEXTS and not part.get_filename()
        if not (chosen_among and same and body is not None):
            yield part
        return
    among = chosen_among or part.get_content_type() == "multipart/alternative"
    for each in part.iter_parts():
        yield from _leaves(each, body, chosen_among=among)


def _outlook(path: str) -> tuple[Mail, Iterator[tuple[str, bytes]]]:
    from oxmsg import Message  # noqa: PLC0415 - for this kind of file alone

    try:
        message = Message.load(path)
        text = message.body or _words(message.html_body or "")
        to = ", ".join(f"{each.name} <{each.email_address}>" for each in message.recipients)
        mail = Mail(
            _line(message.sender), _line(to), _iso(message.sent_date), _line(message.subject), text
        )
        attached = [(each.file_name or "", each.file_bytes or b"") for each in message.attachments]
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
    """As the sender calls it, or by what kind of file it is said to be."""
    if part.get_content_maintype() == "message":
        return str(part.get_filename() or "mejl.eml")
    ending = mimetypes.guess_extension(part.get_content_type()) or ""
    return str(part.get_filename() or f"bilaga{ending}")


def _words(html: str) -> str:
    """What somebody would read of it; nothing of it is fetched or run."""
    from lxml import etree  # noqa: PLC0415 - for this kind of text alone
    from lxml import html as documents  # noqa: PLC0415 - the same

    try:
        reader = documents.HTMLParser(encoding="utf-8")
        tree = documents.fromstring(_written(html).encode(), parser=reader)
    except etree.ParserError:  # there is nothing in it
        return ""
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


def _written(text: str) -> str:
    """Without signs that are no writing: those that control machines, and halves of signs."""
    return _UNWRITTEN.sub("", text.encode("utf-8", "replace").decode())


def _line(said: Any) -> str:
    return " ".join(_written(str(said or "")).split())[:500]


def _moment(said: Any) -> str:
    try:
        return _iso(parsedate_to_datetime(str(said)))
    except (TypeError, ValueError, OverflowError):
        return ""


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at and at.tzinfo and at.year in _YEARS else ""
