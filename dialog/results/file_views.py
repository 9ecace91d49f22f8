"""Pictures and files of a release, with the same permissions as its pages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Response, abort, current_app, request, send_file

from dialog.people.signing_in import permitted
from dialog.results import chart_files, pages, pictures, release_files, wording
from dialog.results.pages import GroupPage
from dialog.results.views import deepest, existing, permit_depth
from dialog.web.database import session

MIME = {".csv": "text/csv; charset=utf-8", ".json": "application/json"}
A_DAY = 86_400


@permitted("release.detail")
def file(release_id: UUID, name: str) -> Any:
    if name not in release_files.FILES:
        abort(404)
    found = existing(release_id)
    path = release_files.file(session(), release=found, name=name, files=_files())
    return _kept(send_file(path, mimetype=MIME[path.suffix], as_attachment=True))


@permitted("release.see")
def chart(release_id: UUID, unit: str, kind: str) -> Any:
    found = existing(release_id)
    level, wide = request.args.get("niva", ""), request.args.get("bred") == "1"
    page = pages.group_page(session(), release=found, unit=unit, level=level, deepest=deepest())
    permit_depth(page.group.depth if page else None)
    draw = None if page is None else _drawing(page, kind, wide=wide)
    if draw is None:
        abort(404)
    what = (unit, level, kind, wording.language(), str(wide))
    path = chart_files.kept(_files(), found, what, draw)
    return _kept(Response(path.read_bytes(), mimetype="image/svg+xml"))


def _drawing(page: GroupPage, kind: str, *, wide: bool) -> Callable[[], bytes] | None:
    """What draws a picture of the page, None if there is none of that kind."""
    if page.group.protected:
        return None
    if kind == "skalor" and page.scales:
        return lambda: pictures.of_scores(page.form, page.compared, wide=wide)
    rows = {"enheter": page.shown_parts(), "nivaer": page.shown_levels()}.get(kind, [])
    if rows and page.scales_of(rows):
        return lambda: pictures.of_groups(page.form, page.group, rows, wide=wide)
    for section in page.sections:
        for part in section.blocks:
            if part.drawn and kind == f"fraga-{part.block.number}":
                return lambda: pictures.of_block(part.block, page.group, wide=wide)
    return None


def _kept(sent: Response) -> Response:
    """A release never changes, so a browser may keep what it has fetched."""
    sent.headers["Cache-Control"] = f"private, max-age={A_DAY}"
    return sent


def _files() -> Path:
    files: Path = current_app.extensions["settings"].files
    return files
