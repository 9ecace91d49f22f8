"""Taking a step with a commitment: a page that says what it means, and a button that takes it."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm

from dialog.commitments import answering, step_forms
from dialog.commitments import page as pages
from dialog.commitments.parties import Party
from dialog.commitments.step_pages import KEEPER, OWNER, PROMISED, STEPS, Step
from dialog.commitments.steps import refusal
from dialog.core.commitments import TRANSITIONS
from dialog.core.errors import RefusedError
from dialog.organisation.queries import nodes
from dialog.people.signing_in import me, permitted
from dialog.web.database import session


def parts_of(reader: Party) -> frozenset[str]:
    """What the reader may do here, in the words of a step's `who`."""
    own = {OWNER} if reader.owns else set()
    answers = {PROMISED} if reader.answers else set()
    return frozenset(own | answers | ({KEEPER} if pages.keeps() else set()))


@permitted("commitment.own")
def step(commitment_id: UUID, slug: str) -> Any:
    step = STEPS.get(slug) or abort(404)
    found, reader = pages.visible(commitment_id)
    if not step.who & parts_of(reader):
        abort(404)
    subject, problem = found.commitment, ""
    form = _form(step, found, reader)
    impossible = subject.state not in TRANSITIONS[step.action].before
    if not impossible and form.validate_on_submit():
        try:
            step.take(session(), commitment=subject, by=me(), **form.given())
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(str(step.done), "info")
            return redirect(url_for("commitments.commitment", commitment_id=subject.id))
    if impossible:
        problem = refusal(subject, step.action).sentence
    page = render_template(
        "commitments/step.html",
        step=step,
        slug=slug,
        form=form,
        problem=problem,
        impossible=impossible,
        **pages.facts(found, reader),
    )
    return page, 422 if problem or form.errors else 200


def _form(step: Step, found: Any, reader: Party) -> FlaskForm:
    subject = found.commitment
    values = step.form.initial(subject)
    if step.form is step_forms.AnswerForm and reader.answers:
        voice = answering.voice_of(
            session(), commitment=subject, person_id=me(), key=pages.voice_key()
        )
        if voice is not None:
            values = {"confirms": "ja" if voice.confirms else "nej", "words": voice.words}
    form = step.form(data=values)
    if isinstance(form, step_forms.HandOverForm):
        form.nodes = nodes(session())
    return form
