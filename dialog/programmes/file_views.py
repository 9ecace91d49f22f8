"""Pictures and files of a programme, for everybody: they hold what is public and nothing else."""

from typing import Any
from uuid import UUID

from flask import Response, abort, current_app, request

from dialog.people.signing_in import permitted
from dialog.programmes import files, page, pictures
from dialog.results import wording
from dialog.results.drawing import chart_files

DRAWING = chart_files.version([page.__file__, pictures.__file__])


@permitted("programme.see")
def file(programme_id: UUID, name: str) -> Any:
    make = files.FILES.get(name) or abort(404)
    found = page.of_programme(programme_id)
    if found.check is None:
        abort(404)
    mime = "application/json" if name.endswith(".json") else "text/csv; charset=utf-8"
    response = Response(make(found), mimetype=mime)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@permitted("programme.see")
def chart(programme_id: UUID, kind: str) -> Any:
    found, wide = page.of_programme(programme_id), request.args.get("bred") == "1"
    draw = pictures.drawings(found, wide=wide).get(kind) or abort(404)
    assert found.check is not None  # else there is nothing to draw
    # Kept with the files of a release of the set: those of other sets have other names.
    what = ("programme", DRAWING, found.check.digest, kind, wording.language(), str(wide))
    settings = current_app.extensions["settings"]
    path = chart_files.kept(settings.files, found.releases[0], what, draw)
    return Response(path.read_bytes(), mimetype="image/svg+xml")
