"""Taking a step with a request: a page that says what it means, and a button that takes it."""

from typing import Any
from uuid import UUID

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm

from dialog.core.errors import RefusedError
from dialog.people.signing_in import me, permitted
from dialog.requests import papers, queries, steps
from dialog.requests.models import DisclosureRequest
from dialog.requests.papers import Paper
from dialog.requests.step_pages import STEPS, Step
from dialog.requests.work_views import existing
from dialog.web.database import let_go, session
from dialog.web.forms import status


@permitted("request.handle")
def step(request_id: UUID, slug: str) -> Any:
    step = STEPS.get(slug) or abort(404)
    found = existing(request_id, step.permission)
    form, problem = step.form(), ""
    if step.offer is not None:
        step.offer(session(), form)
    impossible = step.action not in steps.can(session(), request=found)
    if impossible:
        problem = steps.refusal(session(), request=found, action=step.action).sentence
    elif form.validate_on_submit():
        try:
            paper = _paper(step, found, form)
            step.take(session(), existing(request_id), form, me(), paper)
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(str(step.done), "info")
            return redirect(url_for("requests.request_", request_id=found.id))
    page = render_template(
        "requests/step.html",
        step=step, form=form, problem=problem, impossible=impossible, request_=found,
        number=queries.number_of(session(), request=found),
    )  # fmt: skip
    return page, 422 if problem else status(form)


def _paper(step: Step, found: DisclosureRequest, form: FlaskForm) -> Paper | None:
    """What goes on paper, set while the database's lock is given back."""
    if step.paper is None:
        return None
    data = step.paper(session(), found, form)
    let_go()
    return papers.made(data, settings=current_app.extensions["settings"])
