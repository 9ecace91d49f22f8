"""Pictures and files of a release, with the same permissions as its pages."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Response, abort, current_app, request, send_file
from flask_babel import gettext as _

from dialog.people.signing_in import permit, permitted
from dialog.results import release_files, wording
from dialog.results.drawing import chart_files, pictures
from dialog.results.reading import talk_pdf
from dialog.results.reading.page import GroupPage
from dialog.results.reading.views import existing, seen
from dialog.web import downloads
from dialog.web.database import session

MIME = {".csv": "text/csv; charset=utf-8", ".json": "application/json"}
A_DAY = 86_400
Draw = Callable[[], bytes]


@permitted("release.see")
def file(release_id: UUID, name: str) -> Any:
    if name not in release_files.PUBLIC:
        permit("release.all")
    if name not in release_files.FILES:
        abort(404)
    found = existing(release_id)
    path = release_files.file(session(), release=found, name=name, files=_files())
    return _kept(send_file(path, mimetype=MIME[path.suffix], as_attachment=True))


@permitted("release.see")
def chart(release_id: UUID, unit: str, kind: str) -> Any:
    found = existing(release_id)
    level, wide = request.args.get("niva", ""), request.args.get("bred") == "1"
    page = seen(found, unit, level)
    draw = _drawing(page, kind, wide=wide)
    if draw is None:
        abort(404)
    rows = tuple(part.unit for part in page.parts) if kind == "enheter" else ()
    what = (unit, level, kind, wording.language(), str(wide), *rows)
    path = chart_files.kept(_files(), found, what, draw)
    return _kept(Response(path.read_bytes(), mimetype="image/svg+xml"))


@permitted("release.see")
def talk(release_id: UUID, unit: str) -> Any:
    found = existing(release_id)
    page = seen(found, unit, "")
    nearest = page.nearest if page.group.protected else None
    above = seen(found, nearest.unit, "") if nearest else None
    # Not its unit: what is saved says by its name only what it is for.
    return _kept(downloads.paper(talk_pdf.pdf(page, above), _("samtal")))


def _drawing(page: GroupPage, kind: str, *, wide: bool) -> Draw | None:
    """What draws a picture of the page, None if there is none of that kind."""
    return None if page.group.protected else _drawings(page, wide=wide).get(kind)


def _drawings(page: GroupPage, *, wide: bool) -> dict[str, Draw]:
    found: dict[str, Draw] = {}
    if page.scales:
        found["skalor"] = partial(pictures.of_scores, page.form, page.compared, wide=wide)
    if page.gap:
        sides = (_("Medarbetare högre"), _("Chefer högre"))
        found["chefer"] = partial(pictures.of_contrasts, page.gap, sides, wide=wide)
    if page.change:
        sides = (_("Lägre än förra gången"), _("Högre än förra gången"))
        found["forandring"] = partial(pictures.of_contrasts, page.change, sides, wide=wide)
    for name, rows in (("enheter", page.shown_parts()), ("nivaer", page.shown_levels())):
        if page.scales_of(rows):
            found[name] = partial(pictures.of_groups, page.form, page.group, rows, wide=wide)
    for section in page.sections:
        for part in section.blocks:
            if part.drawn:
                draw = partial(pictures.of_block, part.block, page.group, wide=wide)
                found[f"fraga-{part.block.number}"] = draw
    return found


def _kept(sent: Response) -> Response:
    """A release never changes, so a browser may keep what it has fetched."""
    sent.headers["Cache-Control"] = f"private, max-age={A_DAY}"
    return sent


def _files() -> Path:
    files: Path = current_app.extensions["settings"].files
    return files
