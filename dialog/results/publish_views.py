"""The step from opened answers to a published result."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from dialog.people.signing_in import actor, permitted
from dialog.results import releases, unpublished
from dialog.surveys.models import Round
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
    if not form.validate_on_submit():
        answers = unpublished.answers(session(), round_id=round_id)
        return render_template("results/publish.html", form=form, round=round_, answers=answers)
    made = releases.publish(session(), round_=round_, by=by)
    flash(_("Resultatet är publicerat."))
    return redirect(url_for("results.release", release_id=made.id))
