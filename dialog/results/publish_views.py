"""The step from opened answers to a published result."""

from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask_wtf import FlaskForm

from dialog.people.signing_in import actor, permitted
from dialog.results.publishing import making, releases, unpublished
from dialog.surveys.models import Round
from dialog.surveys.rounds import publishing, steps
from dialog.web.database import session


@permitted("release.make")
def publish(round_id: UUID) -> Any:
    round_ = session().get(Round, round_id)
    by = actor().person_id
    if round_ is None or by is None:
        abort(404)
    if (made := releases.of_round(session(), round_id=round_id)) is not None:
        return redirect(url_for("results.release", release_id=made.id))
    form = FlaskForm()
    if form.validate_on_submit():
        making.ask(session(), round_=round_, by=by)
        return redirect(url_for("results.publish", round_id=round_id))
    return render_template(
        "results/publish.html",
        form=form,
        round=round_,
        embargo=steps.embargo_sentence(round_) if steps.is_under_embargo(round_) else "",
        answers=unpublished.answers(session(), round_id=round_id),
        progress=publishing.progress(session(), round_id=round_id),
    )
