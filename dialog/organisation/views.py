"""Pages of the organisation: its tree and one unit."""

from typing import Any

from flask import abort, render_template, request

from dialog.organisation import examples, overview, queries
from dialog.organisation.models import Unit
from dialog.organisation.wording import level_name
from dialog.people.permissions import may
from dialog.people.signing_in import actor, permitted
from dialog.web.database import session
from dialog.web.downloads import csv_file

PAGE = 50


@permitted("organisation.see")
def tree() -> Any:
    search = request.args.get("sok", "").strip()[:100]
    if search:
        found, total = overview.search(session(), words=search)
        return render_template("organisation/search.html", found=found, total=total, search=search)
    return render_template("organisation/tree.html", root=overview.top(session()), search="")


@permitted("organisation.see")
def unit(code: str) -> Any:
    found = queries.unit(session(), code=code)
    if found is None:
        abort(404)
    number = max(1, request.args.get("sida", 1, type=int))
    return render_template(
        "organisation/unit.html",
        unit=found,
        line=queries.line(session(), to=found)[:-1],
        parts=overview.parts(session(), of=found),
        levels=[(level_name(level), count) for level, count in overview.levels(found)],
        people=_people(found, number),
        number=number,
    )


@permitted("organisation.see")
def example(name: str) -> Any:
    if name not in examples.FILES:
        abort(404)
    return csv_file(name, examples.FILES[name])


def _people(of: Unit, number: int) -> Any:
    """One page of names for administrators; others see counts only."""
    if not may(actor(), "person.list"):
        return None
    total = queries.number_of_posts(session(), of=of)
    people = queries.people_of(session(), of=of, start=(number - 1) * PAGE, size=PAGE)
    rows = [(person, level_name(level)) for person, level in people]
    return {"rows": rows, "total": total, "last": max(1, -(-total // PAGE))}
