"""Pages of minutes to read: the text, on paper, and its versions side by side."""

from typing import Any
from uuid import UUID

from flask import abort, render_template, request
from flask_babel import gettext as _

from dialog.minutes import comparing, paper, queries
from dialog.minutes import page as pages
from dialog.people.signing_in import permitted
from dialog.web import downloads
from dialog.web.database import session


@permitted("minutes.own")
def minutes_(minutes_id: UUID) -> Any:
    shown = pages.read(pages.existing(minutes_id))
    return render_template("minutes/minutes.html", **pages.facts(shown), **pages.happened(shown))


@permitted("minutes.own")
def paper_(minutes_id: UUID) -> Any:
    shown = pages.read(pages.existing(minutes_id))
    return downloads.paper(paper.pdf(shown), _("anteckningar"))


@permitted("minutes.own")
def versions(minutes_id: UUID) -> Any:
    """Two versions; without a choice the last and the one before it."""
    shown = pages.existing(minutes_id)
    kept = queries.versions_of(session(), minutes=shown.minutes)
    found = {row.number: (row, by) for row, by in kept}
    last = request.args.get("till", shown.minutes.number, int)
    first = request.args.get("fran", max(1, last - 1), int)
    if found and not {first, last} <= found.keys():
        abort(404)
    return render_template(
        "minutes/versions.html",
        versions=list(found.values()),
        first=first,
        last=last,
        compared=comparing.sections(found[first][0].sections, found[last][0].sections)
        if found
        else [],
        **pages.facts(shown),
    )
