"""The page where a handler writes down what a reply promises."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from dialog.commitments import proposing
from dialog.commitments.forms import ProposeForm
from dialog.commitments.proposing import Source
from dialog.core.errors import RefusedError
from dialog.organisation.queries import nodes
from dialog.people.signing_in import me, permitted
from dialog.storage.clock import today
from dialog.submissions.handling import answers, page, words
from dialog.submissions.handling.entering import number_of
from dialog.submissions.models import Submission
from dialog.web.database import session
from dialog.web.forms import status


@permitted("submission.incoming")
def promise(submission_id: UUID) -> Any:
    found = page.existing(submission_id, "submission.handle")
    form, problem = ProposeForm(said_on=today()), ""
    form.offer(nodes(session()))
    if form.validate_on_submit():
        try:
            proposing.propose(session(), by=me(), **form.given(), source=_source(found))
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Åtagandet är antecknat. Den som ansvarar har fått ett mejl."), "info")
            return redirect(url_for("submissions.letter", submission_id=found.id))
    body = render_template("commitments/new.html", form=form, problem=problem, series=[])
    return body, 422 if problem else status(form)


def _source(submission: Submission) -> Source:
    """The matter's page in the diary, which everybody may open: its number, and not who wrote."""
    number = number_of(session(), submission=submission)
    return Source(
        answers.PROMISES, submission.id, f"{words.REPLY} i ärende {number.matter}",
        url_for("diary.matter", number=number.slug),
    )  # fmt: skip
