"""The page of how long letters take."""

from typing import Any

from flask import abort, render_template, request

from dialog.people.signing_in import permitted
from dialog.storage.clock import today
from dialog.submissions.handling import figures, words
from dialog.web.database import session


@permitted("submission.incoming")
def overview() -> Any:
    """Of a year; a table, and a picture of each measure."""
    years = figures.years(session())
    year = request.args.get("ar", today().year, int)
    if year not in years:
        abort(404)
    found = figures.times(session(), year=year)
    kinds = {kind: str(name) for kind, name in words.KINDS.items()}
    return render_template(
        "handling/overview.html", years=years, year=year, words=words,
        groups=figures.rows(found, kinds=kinds),
    )  # fmt: skip
