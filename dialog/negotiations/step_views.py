"""Taking a step with a matter: a page that says what it means, and a button that takes it."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for

from dialog.core.errors import RefusedError
from dialog.core.negotiating.matters import NOTICES, TRANSITIONS
from dialog.meetings.models import Meeting
from dialog.negotiations import lawful, meeting_up, samverkan_pages, steps, words
from dialog.negotiations import page as pages
from dialog.negotiations.forms import StepForm
from dialog.negotiations.page import Shown
from dialog.negotiations.parties import Party, may_take
from dialog.negotiations.step_pages import Step
from dialog.people.signing_in import me, permitted
from dialog.storage.clock import today
from dialog.web.database import session


@permitted("matter.own")
def step(matter_id: UUID, slug: str) -> Any:
    shown, party = pages.own_party(matter_id)
    chosen = samverkan_pages.pages(shown.stands.rules).get(slug) or abort(404)
    if not may_take(party, chosen.action):
        abort(404)
    form, problem = _form(chosen, shown), ""
    impossible = shown.matter.state not in TRANSITIONS[chosen.action].before
    if impossible:
        problem = steps.refusal(shown.stands.rules, shown.matter.state, chosen.action).sentence
    elif form.validate_on_submit():
        try:
            _take(chosen, shown, party, form)
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(str(chosen.done), "info")
            return redirect(url_for("negotiations.matter", matter_id=matter_id))
    block = shown.stands.block(today()) if chosen.action in lawful.WAITING else None
    page = render_template(
        "negotiations/step.html", step=chosen, form=form, problem=problem, impossible=impossible,
        waits=words.waits(block, shown.stands.rules) if block else "",
        excepting=words.excepting(block), **pages.frame(shown),
    )  # fmt: skip
    return page, 422 if problem or form.errors else 200


def _take(chosen: Step, shown: Shown, party: Party, form: StepForm) -> None:
    """The step, and the matter on the agenda of the meeting that was chosen with it."""
    steps.take(
        session(), matter=shown.matter, action=chosen.action, party=party, by=me(),
        said=form.said(),
    )  # fmt: skip
    if "meeting" in form and form.meeting.data:
        meeting = session().get_one(Meeting, UUID(form.meeting.data))
        meeting_up.put_on(session(), meeting=meeting, matters=[shown.matter], by=me())


def _form(chosen: Step, shown: Shown) -> StepForm:
    form = StepForm(data={"day": today()})
    notice = chosen.action in NOTICES
    form.ask(chosen.asks if notice else ("day", *chosen.asks))
    if "day" in form:
        form.day.label.text = str(chosen.day)
    if "reason" in form:
        form.reason.label.text = str(chosen.why)
    if "meeting" in form:
        form.offer(meeting_up.coming(session(), body_id=shown.body.id))
    return form
