"""Sending files: to keep, never to run; and pictures of ours to look at."""

from pathlib import Path
from typing import Any, Final
from uuid import UUID

from flask import Response, abort, send_file
from flask_babel import gettext as _

from dialog.core.documents.kinds import PICTURES, RULES, Kind
from dialog.core.errors import RefusedError
from dialog.documents import drawing, sheets, words
from dialog.documents import folder as folders
from dialog.documents import page as pages
from dialog.documents.queries import Shown
from dialog.people.signing_in import permitted

# Whatever a browser makes of it: no script, no request, no origin.
HARMLESS: Final = {
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


@permitted("document.own")
def file_(document_id: UUID, number: int) -> Any:
    """To keep. The name is in a header (RFC 6266, RFC 8187), not in the address."""
    _of, shown = pages.existing(document_id, number)
    return to_keep(shown)


@permitted("document.own")
def picture(document_id: UUID, number: int) -> Any:
    """A picture, which we have drawn anew, to look at."""
    shown = _open(document_id, number)
    if shown.file.kind not in PICTURES:
        abort(404)
    path = folders.path_of(pages.settings().documents, shown.file.sha256)
    return _sent(path, RULES[shown.file.kind].media_type)


@permitted("document.own")
def page(document_id: UUID, number: int, page_number: int) -> Any:
    """A page of a PDF, as a picture."""
    shown = _with_page(document_id, number, page_number)
    path = drawing.picture(shown.file, page_number, settings=pages.settings()) or abort(404)
    return _sent(path, RULES[Kind.PNG].media_type)


@permitted("document.own")
def small_page(document_id: UUID, number: int, page_number: int) -> Any:
    """The same, small, where the pages are looked at together."""
    shown = _with_page(document_id, number, page_number)
    path = sheets.picture(shown.file, page_number, settings=pages.settings()) or abort(404)
    return _sent(path, RULES[Kind.JPEG].media_type)


def to_keep(shown: Shown) -> Response:
    """A file as an attachment, for somebody who is known to be allowed to have it."""
    return _sent(
        folders.path_of(pages.settings().documents, _opened(shown).file.sha256),
        RULES[shown.file.kind].media_type,
        name=shown.version.name,
    )


def _open(document_id: UUID, number: int) -> Shown:
    _of, shown = pages.existing(document_id, number)
    return _opened(shown)


def _with_page(document_id: UUID, number: int, page_number: int) -> Shown:
    """A PDF that has such a page."""
    shown = _open(document_id, number)
    if shown.file.kind is not Kind.PDF or not 1 <= page_number <= shown.pages:
        abort(404)
    return shown


def _opened(shown: Shown) -> Shown:
    if not shown.open:
        raise RefusedError(
            _("Filen går inte att öppna: den %(state)s.", state=words.SCANS[shown.file.scan])
        )
    return shown


def _sent(path: Path, media_type: str, *, name: str = "") -> Response:
    if not path.exists():
        raise RefusedError(_("Filen saknas på servern. Säg till den som sköter Dialog."))
    sent = send_file(path, media_type, as_attachment=bool(name), download_name=name or None,
                     etag=False)  # fmt: skip
    sent.headers.update(HARMLESS)
    return sent
