"""Pages where it is chosen who attests, and who does it in the place of one who has left."""

from typing import Any, Final
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.minutes import attesting
from dialog.minutes import page as pages
from dialog.minutes.forms import ReplaceForm
from dialog.minutes.page import Shown
from dialog.minutes.states import WRITTEN
from dialog.people import queries as people
from dialog.people.signing_in import me, permitted
from dialog.web.database import session
from dialog.web.forms import status, written

FOUND: Final = 10  # people shown of a search


@permitted("minutes.own")
def attesters(minutes_id: UUID) -> Any:
    shown = pages.existing(minutes_id, "minutes.write")
    if request.method == "GET":
        return render_template(
            "minutes/attesters.html",
            changing=shown.minutes.state in WRITTEN,
            **_search(shown),
            **pages.facts(shown),
        )
    person = request.form.get("person", type=UUID) or abort(404)
    try:
        if request.form.get("vad") == "bort":
            attesting.unchoose(session(), minutes=shown.minutes, person_id=person)
        else:
            attesting.choose(session(), minutes=shown.minutes, person_id=person, by=me())
    except RefusedError as refused:
        flash(refused.sentence, "error")
    return redirect(url_for("minutes.attesters", minutes_id=minutes_id))


@permitted("minutes.own")
def replace(minutes_id: UUID, person_id: UUID) -> Any:
    """In the place of `person_id`, who has left."""
    shown = pages.existing(minutes_id, "minutes.write")
    gone = next((each for each in shown.attesters if each.person.id == person_id), None)
    if gone is None or not gone.gone:
        abort(404)
    form, problem = ReplaceForm(), ""
    if form.validate_on_submit():
        try:
            attesting.replace(
                session(), minutes=shown.minutes, gone=gone, by=me(),
                chosen=request.form.get("person", type=UUID) or abort(404),
                reason=written(form.reason),
            )  # fmt: skip
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Justeraren är utbytt."), "info")
            return redirect(url_for("minutes.attesters", minutes_id=minutes_id))
    page = render_template(
        "minutes/replace.html", form=form, problem=problem, gone=gone, **_search(shown),
        **pages.facts(shown),
    )  # fmt: skip
    return page, 422 if problem else status(form)


def _search(shown: Shown) -> dict[str, Any]:
    """Active people whose name or address holds what is searched for, not those chosen already."""
    search = request.values.get("sok", "").strip()
    page = people.people_page(session(), search=search) if search else None
    chosen = {each.person.id for each in shown.attesters}
    able = [
        each
        for each in (page.people if page else ())
        if each.active and not each.closed and each.id not in chosen
    ]
    return {"search": search, "found": able[:FOUND], "more": len(able) > FOUND}
