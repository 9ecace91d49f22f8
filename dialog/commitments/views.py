"""The work with commitments: the list, a new one, and one as it stands."""

from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialog.commitments import interests, overviews, proposing, queries, words
from dialog.commitments import page as pages
from dialog.commitments.forms import ProposeForm
from dialog.core.commitments import State
from dialog.core.errors import RefusedError
from dialog.organisation.queries import nodes
from dialog.people.signing_in import me, permitted
from dialog.storage.clock import today
from dialog.web.database import session

ENDED: Final = frozenset({State.CLOSED, State.DROPPED})
# slug: (its name, the states, only what is late)
FILTERS: Final = {
    "oppna": (_l("Öppna"), frozenset(State) - ENDED, False),
    "forsenade": (_l("Försenade"), frozenset(State), True),
    "foreslagna": (_l("Väntar på svar"), frozenset({State.PROPOSED}), False),
    "avslutade": (_l("Avslutade"), ENDED, False),
}
SHOWN: Final = 20


@permitted("commitment.own")
def commitments() -> Any:
    """One's own, and what one can answer; for those who keep the list, all of it."""
    chosen = request.args.get("lage", "oppna")
    chosen = chosen if chosen in FILTERS else "oppna"
    everything = pages.keeps() and request.args.get("vems") != "mina"
    _name, states, late = FILTERS[chosen]
    search = request.args.get("q", "")[:200]
    return render_template(
        "commitments/commitments.html",
        found=queries.working_page(
            session(),
            states=states,
            late=late,
            search=search,
            page=request.args.get("sida", 1, int),
            owner_id=None if everything else me(),
            by_owner=late and everything,
        ),
        to_answer=interests.to_answer(session(), person_id=me(), limit=SHOWN),
        chosen=chosen,
        filters=[(slug, text) for slug, (text, *_rest) in FILTERS.items()],
        everything=everything,
        by_owner=late and everything,
        keeps=pages.keeps(),
        search=search,
        words=words,
    )


@permitted("commitment.record")
def new_commitment() -> Any:
    form, problem = ProposeForm(said_on=today()), ""
    form.offer(nodes(session()))
    if form.validate_on_submit():
        try:
            made = proposing.propose(session(), by=me(), **form.given())
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Förslaget är sparat. Den som ansvarar har fått ett mejl."))
            return redirect(url_for("commitments.commitment", commitment_id=made.id))
    page = render_template(
        "commitments/new.html",
        form=form,
        problem=problem,
        series=overviews.all_series(session()),
    )
    return page, 422 if problem or form.errors else 200


@permitted("commitment.own")
def commitment(commitment_id: UUID) -> Any:
    found, reader = pages.visible(commitment_id)
    return render_template("commitments/commitment.html", **pages.facts(found, reader))
