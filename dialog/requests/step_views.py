"""Taking a step with a request: a page that says what it means, and a button that takes it."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for

from dialog.core.errors import RefusedError
from dialog.core.requests import TRANSITIONS
from dialog.diary import queries as diary
from dialog.people.signing_in import me, permitted
from dialog.requests import queries, steps
from dialog.requests.forms import EnterForm
from dialog.requests.step_pages import STEPS
from dialog.requests.work_views import existing
from dialog.web.database import session
from dialog.web.forms import status


@permitted("request.handle")
def step(request_id: UUID, slug: str) -> Any:
    step, found = STEPS.get(slug) or abort(404), existing(request_id)
    form, problem = step.form(), ""
    if isinstance(form, EnterForm):
        form.offer(diary.authorities(session()))
    impossible = found.state not in TRANSITIONS[step.action].before
    if impossible:
        problem = steps.refusal(found.state, step.action).sentence
    elif form.validate_on_submit():
        try:
            step.take(session(), found, form, me())
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(str(step.done), "info")
            return redirect(url_for("requests.request_", request_id=found.id))
    page = render_template(
        "requests/step.html",
        step=step, form=form, problem=problem, impossible=impossible, request_=found,
        parts=queries.parts_of(session(), request=found),
        number=queries.number_of(session(), request=found),
    )  # fmt: skip
    return page, 422 if problem else status(form)
