"""Pages of plans for what is asked after meetings: the list, a new one, one, and its form."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.followups import forms, page, planning, queries, words
from dialog.followups.models import PlanState
from dialog.meetings import queries as meetings
from dialog.meetings.models import MeetingSeries
from dialog.people.signing_in import me, permitted
from dialog.surveys.rounds import key_form, key_holders
from dialog.web.database import session
from dialog.web.forms import refuse, status


@permitted("followup.see")
def plans() -> Any:
    return render_template(
        "followups/plans.html",
        plans=queries.plans(session()),
        series=meetings.series(session()),
        words=words,
    )


@permitted("followup.plan")
def new_plan() -> Any:
    """A draft for a series, or without one for all other meetings."""
    series_id = request.form.get("serie", type=UUID)
    if series_id is not None and session().get(MeetingSeries, series_id) is None:
        abort(404)
    made = planning.create(session(), by=me(), series_id=series_id)
    return redirect(url_for("followups.edit_plan", plan_id=made.id))


@permitted("followup.see")
def plan(plan_id: UUID) -> Any:
    return render_template("followups/plan.html", **page.of_plan(page.existing(plan_id)))


@permitted("followup.plan")
def edit_plan(plan_id: UUID) -> Any:
    found = page.existing(plan_id)
    if found.state is not PlanState.DRAFT:
        return redirect(url_for("followups.plan", plan_id=found.id))
    places = key_form.filled(planning.holders_of(session(), plan=found))
    form = forms.PlanForm(data={**forms.initial(found), **places})
    people = key_holders.eligible(session())
    form.offer(people)
    if form.validate_on_submit():
        try:
            planning.change(session(), plan=found, by=me(), places=form.places(), **form.values())
        except RefusedError as refused:
            refuse(form.person_1, refused.sentence)
        else:
            flash(_("Sparat. Läs igenom planen och lämna den till granskning."), "info")
            return redirect(url_for("followups.plan", plan_id=found.id))
    shown = {"form": form, "people": people, "plan": found, "title": page.title_of(found)}
    return render_template("followups/edit.html", **shown), status(form)
