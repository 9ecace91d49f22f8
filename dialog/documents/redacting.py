"""A redacted copy of a PDF: a new file in which the hidden words are gone, with the reason of each
area on its last page. It is read anew before it is kept.
"""

import json
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from dialog.apart import running as apart
from dialog.core.documents.areas import Area
from dialog.core.documents.kinds import Fault, UnfitError
from dialog.documents import folder as folders
from dialog.documents import taking, words
from dialog.documents.queries import Shown
from dialog.documents.taking import Taken
from dialog.settings import Settings
from dialog.web import typefaces
from dialog.web.i18n import language


def lines(shown: Shown, page: int, *, settings: Settings) -> list[dict[str, Any]]:
    """The lines of text on a page: their `words`, and their `sides` as an Area has them."""
    path = folders.path_of(settings.documents, shown.file.sha256)
    found: list[dict[str, Any]] = apart.have("lines", path, str(page))["lines"]
    return found


def redact(shown: Shown, areas: Sequence[Area], *, settings: Settings) -> Taken:
    """The copy, in the folder. Raises UnfitError where it cannot be made, or something hidden could
    be read in it.
    """
    ordered = sorted(areas, key=lambda area: (area.page, area.top, area.left))
    copy = words.masked(shown.version.name)
    with folders.receiving(settings.documents) as own:
        out = own / "redacted"
        path = folders.path_of(settings.documents, shown.file.sha256)
        told = apart.have("redact", path, out, own, json.dumps(_told(shown, ordered, copy)))
        read = apart.have("words", out)["pages"]
        if [_plain(page) for page in read[:-1]] != [_plain(page) for page in told["left"]]:
            raise UnfitError(Fault.BROKEN)
        with out.open("rb") as file:
            return taking.take(
                file, name=f"{copy}.pdf", otherwise=_("handling"),
                folder=settings.documents, scanner=settings.scanner,
            )  # fmt: skip


def _told(shown: Shown, areas: Sequence[Area], title: str) -> dict[str, Any]:
    return {
        "areas": [area.as_json() for area in areas],
        "fonts": str(typefaces.FOLDER),
        "language": language(),
        "title": title,
        "alt": [
            _("Sida %(number)s som bild, med det maskade täckt", number=number)
            for number in range(1, shown.pages + 1)
        ],
        "heading": _("Det här är maskat"),
        "explained": _("Det som är täckt finns inte i filen. Den är gjord av bilder av sidorna."),
        "reasons": [
            _("Sida %(page)s: %(reason)s", page=area.page, reason=area.reason) for area in areas
        ],
    }


def _plain(text: str) -> str:
    """The signs alone: where lines are broken says nothing."""
    return "".join(text.split())
