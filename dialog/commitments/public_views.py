"""Pages for everybody: what was said, what was promised, and what came of it."""

from typing import Any
from uuid import UUID

from flask import abort, render_template, request

from dialog.commitments import figures, histories, overviews, queries, words
from dialog.commitments.queries import Wanted
from dialog.core.commitments import Standing
from dialog.people.signing_in import actor, permitted
from dialog.web.database import session


@permitted("commitment.see")
def public_list() -> Any:
    wanted = _wanted()
    overview = overviews.overview(session(), wanted=wanted)
    return render_template(
        "commitments/public_list.html",
        wanted=wanted,
        overview=overview,
        figure=figures.figure(overview.counts),
        found=queries.public_page(session(), wanted=wanted, page=request.args.get("sida", 1, int)),
        here=_here(wanted, overview),
        words=words,
    )


def _wanted() -> Wanted:
    asked = request.args
    how = asked.get("lage", "")
    return Wanted(
        search=asked.get("q", "")[:200],
        series=asked.get("serie", "")[:200],
        forvaltning=asked.get("forvaltning", "")[:60],
        standing=Standing(how) if how in set(Standing) else None,
    )


def _here(wanted: Wanted, overview: overviews.Overview) -> str:
    """What the list is narrowed to: a series, a förvaltning, or both; 404 for one there is not."""
    series = {group.value: group.name for group in overview.series}
    units = {group.value: group.name for group in overview.forvaltningar}
    if wanted.series not in {"", *series} or wanted.forvaltning not in {"", *units}:
        abort(404)
    names = (series.get(wanted.series), units.get(wanted.forvaltning))
    return ", ".join(name for name in names if name)


@permitted("commitment.see")
def public_commitment(commitment_id: UUID) -> Any:
    found = queries.public(session(), commitment_id=commitment_id) or abort(404)
    return render_template(
        "commitments/public_commitment.html",
        found=found,
        each=found.commitment,
        history=histories.history(session(), commitment=found.commitment),
        signed_in=actor().person_id is not None,
        words=words,
    )
