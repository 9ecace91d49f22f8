"""Reading the .eml files that stand for mail where no mail server is set."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any, cast

from dialog.storage.mailing import PRIVATE

PAGE = 25
_NAME = re.compile(rf"[0-9a-f]{{32}}({re.escape(PRIVATE)})?")


@dataclass(frozen=True)
class Envelope:
    """What a list shows of a message. `name` is its file's, without extension."""

    name: str
    to: str
    subject: str
    at: datetime


@dataclass(frozen=True)
class MailPage:
    letters: Sequence[Envelope]
    page: int  # 1-based
    last: int
    found: int


@dataclass(frozen=True)
class Opened:
    """A message with its plain text and, if it has one, its image."""

    envelope: Envelope
    text: str
    image: bytes | None


def page_of_mail(folder: Path, *, search: str, page: int, private: bool = False) -> MailPage:
    """The newest first; with `search` those whose recipient or subject holds it; without `private`
    ones unless told.
    """
    there = (path for path in folder.glob("*.eml") if private or not _is_private(path.stem))
    paths = sorted(there, key=lambda path: (path.stat().st_mtime, path.name))
    paths.reverse()
    words = search.casefold()
    if words:
        found = [each for each in map(_envelope, paths) if _holds(each, words)]
        number = len(found)
    else:
        found, number = [], len(paths)
    last = max(1, -(-number // PAGE))
    page = min(max(page, 1), last)
    place = slice((page - 1) * PAGE, page * PAGE)
    shown = found[place] if words else [_envelope(path) for path in paths[place]]
    return MailPage(shown, page, last, number)


def open_mail(folder: Path, *, name: str, private: bool = False) -> Opened | None:
    """One message; None if there is none of this name."""
    path = folder / f"{name}.eml"
    hidden = _is_private(name) and not private
    if hidden or not _NAME.fullmatch(name) or not path.is_file():
        return None
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    images = (part for part in message.walk() if part.get_content_type() == "image/png")
    image = next((cast("Any", part).get_content() for part in images), None)
    return Opened(_envelope(path), str(cast("Any", body).get_content()) if body else "", image)


def _is_private(name: str) -> bool:
    return name.endswith(PRIVATE)


def _holds(envelope: Envelope, words: str) -> bool:
    return words in f"{envelope.to} {envelope.subject}".casefold()


def _envelope(path: Path) -> Envelope:
    with path.open("rb") as file:
        headers = BytesHeaderParser(policy=policy.default).parse(file)
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Envelope(path.stem, str(headers["To"] or ""), str(headers["Subject"] or ""), at)
