"""The queue of free texts. Only here are originals shown."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.core.pointers import Mark, marks, masked
from dialog.core.questionnaire import items, load
from dialog.people.signing_in import actor, permitted
from dialog.reviewing import deciding, known_names, queries
from dialog.reviewing.forms import ReviewForm
from dialog.reviewing.models import Outcome, TextDecision
from dialog.reviewing.words import OUTCOMES, POINTERS
from dialog.surveys.models import Round, TextAnswer
from dialog.web.database import session

WRONG = 422


@permitted("text.review")
def queues() -> Any:
    return render_template("reviewing/queues.html", queues=queries.queues(session()))


@permitted("text.review")
def following(round_id: UUID) -> Any:
    """On to a text that waits; back to the list when there is none."""
    found = queries.next_waiting(session(), round_id=round_id)
    if found is None:
        return redirect(url_for("reviewing.decided", round_id=round_id))
    return redirect(url_for("reviewing.text", round_id=round_id, text_id=found))


@permitted("text.review")
def decided(round_id: UUID) -> Any:
    queue = queries.queue(session(), round_id=round_id)
    if queue is None:
        abort(404)
    page = min(max(1, request.args.get("sida", 1, int)), queue.pages)
    found = queries.decided(session(), round_id=round_id, page=page)
    return render_template(
        "reviewing/decided.html", queue=queue, decided=found, page=page, outcome_words=OUTCOMES
    )


@permitted("text.review")
def text(round_id: UUID, text_id: UUID) -> Any:
    found = queries.text_of(session(), text_id=text_id)
    if found is None or found.round_id != round_id:
        abort(404)
    before = queries.decision(session(), text_id=text_id)
    form, marked = ReviewForm(), marks(found.text, known_names.names(session()))
    if not form.is_submitted():
        form.known.data = before.decided_at.isoformat() if before else ""
        form.shown.data = masked(found.text, marked)
    if form.validate_on_submit():
        try:
            _decide(form, found)
        except RefusedError as refused:
            session().rollback()
            form.shown.errors = [refused.sentence]
        else:
            flash(_("Sparat."))
            return redirect(url_for("reviewing.following", round_id=round_id))
    return _page(found, marked, form, before), WRONG if form.is_submitted() else 200


def _decide(form: ReviewForm, found: TextAnswer) -> None:
    by = actor().person_id
    assert by is not None  # nobody else has a role
    deciding.decide(
        session(),
        text=found,
        outcome=Outcome(form.outcome.data),
        shown=form.shown.data or "",
        sure=form.sure.data,
        names=known_names.names(session()),
        by=by,
        known=datetime.fromisoformat(form.known.data) if form.known.data else None,
    )


def _page(
    found: TextAnswer, marked: Sequence[Mark], form: ReviewForm, before: TextDecision | None
) -> str:
    round_ = session().get_one(Round, found.round_id)
    asked = next((i for i in items(load(round_.questionnaire)) if i.name == found.item), None)
    return render_template(
        "reviewing/text.html",
        round=round_,
        queue=queries.queue(session(), round_id=round_.id),
        question=asked,
        original=found.text,
        marked=marked,
        pointer_words=POINTERS,
        outcome_words=OUTCOMES,
        before=before,
        form=form,
    )
