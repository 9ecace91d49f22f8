"""Pages on which a published result is corrected: proposed, decided, followed."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.organisation import queries as organisation
from dialog.people.models import Person
from dialog.people.signing_in import actor, permit, permitted
from dialog.results.comparing import form as form_of
from dialog.results.correcting import deciding, reorganising
from dialog.results.correcting import words as correction_words
from dialog.results.correcting.forms import DecideForm, propose_form
from dialog.results.models import Correction, Release
from dialog.results.reading.views import existing
from dialog.web.database import session
from dialog.web.forms import refuse, status, written

PROPOSE: Final = "results/correcting/propose.html"


@permitted("release.correct")
def correct(release_id: UUID) -> Any:
    release, by = existing(release_id), _who()
    try:
        round_ = deciding.require_correctable(session(), release=release, by=by)
    except RefusedError as refused:
        page = render_template(PROPOSE, release=release, problem=refused.sentence)
        return page, 422 if request.method == "POST" else 200
    since = reorganising.since(session(), round_=round_, release=release)
    nodes = organisation.nodes(session())
    form = propose_form(
        form_of(release.questionnaire),
        closed=since.closed,
        units={node.code for node in nodes},
        gone=release.correction.get("withheld", ()),
    )
    if form.validate_on_submit():
        made = deciding.propose(session(), release=release, by=by, proposal=form.proposal())
        flash(_("Rättelsen är föreslagen. Nu avgör en godkännare om den ska göras."), "info")
        return redirect(url_for("results.correction", correction_id=made.id))
    shown = {"form": form, "since": since, "nodes": nodes if since.closed else ()}
    return render_template(PROPOSE, release=release, **shown), status(form)


@permitted("correction.see")
def correction(correction_id: UUID) -> Any:
    found = session().get(Correction, correction_id) or abort(404)
    form = DecideForm()
    if form.validate_on_submit():
        try:
            STEPS.get(request.form.get("step", ""), abort_unknown)(found, form)
        except RefusedError as refused:
            refuse(form.reason, refused.sentence)
        else:
            return redirect(url_for("results.correction", correction_id=found.id))
    page = render_template("results/correcting/correction.html", **facts(found), form=form)
    return page, status(form)


def facts(found: Correction) -> dict[str, Any]:
    """Everything on a correction's page."""
    release = session().get_one(Release, found.release_id)
    decided_by = session().get(Person, found.decided_by_id) if found.decided_by_id else None
    progress = deciding.progress(session(), correction=found)
    return {
        "correction": found,
        "release": release,
        "made": session().get(Release, found.made_id) if found.made_id else None,
        "changes": correction_words.proposed(found, form_of(release.questionnaire)),
        "moved": _moved(found, release) if found.moved else [],
        "author": session().get_one(Person, found.author_id).name,
        "decided_by": decided_by.name if decided_by else "",
        "standing": correction_words.standing(found, progress),
        "stopped": deciding.has_stopped(found, progress),
        "refusal": correction_words.refusal(found),
        "progress": progress,
        "is_mine": found.author_id == actor().person_id,
    }


def _moved(found: Correction, release: Release) -> list[tuple[str, str]]:
    """Names of closed units, and of those that their answers are counted in."""
    before = reorganising.published(session(), release=release).names
    names = {node.code: node.name for node in organisation.nodes(session(), with_closed=True)}
    return [(before.get(code, code), names.get(into, into)) for code, into in found.moved.items()]


def abort_unknown(_found: Correction, _form: DecideForm) -> None:
    abort(400)


def _approve(found: Correction, _form: DecideForm) -> None:
    permit("correction.approve", found)
    deciding.approve(session(), correction=found, by=_who())


def _decline(found: Correction, form: DecideForm) -> None:
    permit("correction.approve", found)
    deciding.decline(session(), correction=found, by=_who(), reason=written(form.reason))


def _withdraw(found: Correction, _form: DecideForm) -> None:
    deciding.withdraw(session(), correction=found, by=_who())


def _who() -> UUID:
    return actor().person_id or abort(404)


STEPS: Final[dict[str, Callable[[Correction, DecideForm], None]]] = {
    "approve": _approve,
    "decline": _decline,
    "withdraw": _withdraw,
}
