"""Pages of several who sign: asking others, and answering for one's own organisation."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.people.signing_in import permitted
from dialog.submissions import page as pages
from dialog.submissions import signing
from dialog.submissions.forms import AnswerForm, AskForm, ButtonForm
from dialog.web.database import session
from dialog.web.forms import refuse, status


@permitted("submission.own")
def signers(submission_id: UUID) -> Any:
    shown, form = pages.own_draft(submission_id), AskForm()
    form.offer(signing.may_be_asked(session(), submission=shown.submission))
    if form.validate_on_submit():
        try:
            signing.ask(
                session(),
                submission=shown.submission,
                mandate=shown.held.mandate,
                organisation_id=UUID(form.organisation.data),
            )
        except RefusedError as refused:
            refuse(form.organisation, refused.sentence)
        else:
            flash(_("Organisationen är tillfrågad och kan läsa utkastet."), "info")
            return redirect(url_for("submissions.signers", submission_id=submission_id))
    page = render_template("submissions/signers.html", form=form, **pages.facts(shown))
    return page, status(form)


@permitted("submission.own")
def take_back(submission_id: UUID, organisation_id: UUID) -> Any:
    shown = pages.own_draft(submission_id)
    if ButtonForm().validate_on_submit():
        signing.take_back(session(), submission=shown.submission, organisation_id=organisation_id)
        flash(_("Organisationen är inte längre tillfrågad, och ser inte utkastet."), "info")
    return redirect(url_for("submissions.signers", submission_id=submission_id))


@permitted("submission.own")
def sign(submission_id: UUID) -> Any:
    """The text to read, and the organisation's answer to what was read."""
    shown = pages.existing(submission_id)
    if not shown.draft or shown.mine is None:
        abort(404)
    form, problem = AnswerForm(revision=shown.submission.revision), ""
    if form.validate_on_submit():
        answer = signing.confirm if form.answer.data == "ja" else signing.decline
        try:
            answer(
                session(), submission=shown.submission, mandate=shown.held.mandate,
                revision=form.revision.data or 0,
            )  # fmt: skip
        except RefusedError as refused:
            problem, form = refused.sentence, AnswerForm(formdata=None)
            form.revision.data = shown.submission.revision
        else:
            flash(_("Ert svar är sparat."), "info")
            return redirect(url_for("submissions.submission", submission_id=submission_id))
    page = render_template(
        "submissions/sign.html", form=form, problem=problem, **pages.facts(shown)
    )
    return page, 422 if problem else status(form)
