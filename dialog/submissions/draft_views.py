"""Pages of those who write a draft: a new one, its text, taking it back."""

from typing import Any, NamedTuple
from uuid import UUID

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.diary import queries as diary
from dialog.people.signing_in import permitted
from dialog.submissions import drafting
from dialog.submissions import page as pages
from dialog.submissions.forms import ButtonForm, DraftForm, NewForm
from dialog.submissions.models import Submission
from dialog.submissions.page import Shown
from dialog.web.database import session
from dialog.web.forms import refuse, status, written


class Unsaved(NamedTuple):
    """Why nothing was saved; `theirs` if another's text is there now."""

    sentence: str
    theirs: Submission | None = None


@permitted("submission.own")
def new() -> Any:
    held = pages.representing()
    boards, form = diary.authorities(session()), NewForm()
    form.offer(boards)
    if form.validate_on_submit():
        try:
            made = drafting.begin(
                session(), organisation_id=held.organisation.id,
                authority_id=form.authority_id, subject=written(form.heading),
            )  # fmt: skip
        except RefusedError as refused:
            refuse(form.heading, refused.sentence)
        else:
            return redirect(url_for("submissions.write", submission_id=made.id))
    page = render_template("submissions/new.html", form=form, boards=boards, held=held)
    return page, status(form)


@permitted("submission.own")
def write(submission_id: UUID) -> Any:
    """The text; from the script (it asks for JSON) saved as it is typed, or by the button."""
    shown = pages.own_draft(submission_id)
    found = shown.submission
    form = DraftForm(
        authority=str(found.authority_id), heading=found.subject, text=found.body,
        version=drafting.version_of(found),
    )  # fmt: skip
    form.offer(diary.authorities(session()))
    if request.method != "POST":
        return _page(shown, form)
    if not form.validate():
        sentence = next(errors[0] for errors in form.errors.values())
        return _refused(shown, form, Unsaved(str(sentence)))
    return _saved(shown, form)


def _saved(shown: Shown, form: DraftForm) -> Any:
    found = shown.submission
    try:
        drafting.save(
            session(), submission=found, version=written(form.version),
            authority_id=form.authority_id, subject=written(form.heading),
            body=written(form.text),
        )  # fmt: skip
    except RefusedError as refused:
        theirs = refused.submission if isinstance(refused, drafting.OutdatedError) else None
        return _refused(shown, form, Unsaved(refused.sentence, theirs))
    if _from_script():
        return jsonify(version=drafting.version_of(found))
    flash(_("Utkastet är sparat."), "info")
    return redirect(url_for("submissions.submission", submission_id=found.id))


def _refused(shown: Shown, form: DraftForm, unsaved: Unsaved) -> Any:
    theirs = unsaved.theirs
    code = 409 if theirs else 422
    if not _from_script():
        return _page(shown, form, unsaved), code
    told = {"sentence": unsaved.sentence}
    if theirs is not None:
        told |= {
            "heading": theirs.subject,
            "text": theirs.body,
            "version": drafting.version_of(theirs),
        }
    return jsonify(told), code


def _page(shown: Shown, form: DraftForm, unsaved: Unsaved | None = None) -> str:
    return render_template(
        "submissions/write.html", form=form, unsaved=unsaved, **pages.facts(shown)
    )


def _from_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


@permitted("submission.own")
def withdraw(submission_id: UUID) -> Any:
    shown, form = pages.own_draft(submission_id), ButtonForm()
    if form.validate_on_submit():
        drafting.withdraw(session(), submission=shown.submission)
        flash(_("Utkastet är raderat."), "info")
        return redirect(url_for("submissions.submissions"))
    return render_template("submissions/withdraw.html", form=form, **pages.facts(shown))
