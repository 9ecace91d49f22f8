"""The page where who acts for an organisation answers what a handler has asked."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.core.submissions import State
from dialog.documents import page as documents
from dialog.documents import taking
from dialog.documents.taking import Taken
from dialog.people.signing_in import permitted
from dialog.storage.clock import now, today
from dialog.submissions import page as pages
from dialog.submissions.handling import asking, paper, queries, words
from dialog.submissions.handling.entering import number_of
from dialog.submissions.handling.forms import AnswerForm
from dialog.submissions.handling_models import SubmissionQuestion
from dialog.submissions.page import Shown
from dialog.web.database import session
from dialog.web.forms import status, written


@permitted("submission.own")
def supplement(submission_id: UUID) -> Any:
    shown = pages.existing(submission_id)
    questions = queries.questions_of(session(), submission=shown.submission)
    asked, form = questions[-1] if questions else None, AnswerForm()
    over = shown.submission.state is not State.SUPPLEMENT
    if asked is None or (over and not _is_new(asked, form)):
        return redirect(url_for("submissions.submission", submission_id=submission_id))
    text, problem = asked.text, _over() if over else ""
    if not over and form.validate_on_submit() and (files := _taken(shown, form)):
        try:
            _answer(submission_id, form, files)
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Svaret är inlämnat och infört i diariet."), "info")
            return redirect(url_for("submissions.submission", submission_id=submission_id))
    body = render_template(
        "handling/supplement.html", form=form, problem=problem, asked=text, **pages.facts(shown)
    )
    return body, 422 if problem else status(form)


def _over() -> str:
    return str(
        _(
            "Frågan väntar inte på svar längre. Spara din text, och skicka den som en ny"
            " skrivelse om det behövs."
        )
    )


def _is_new(question: SubmissionQuestion, form: AnswerForm) -> bool:
    """Whether something is sent that nobody has: not what was sent twice."""
    text = written(form.text).strip()
    return form.is_submitted() and bool(text) and text != question.answer


def _taken(shown: Shown, form: AnswerForm) -> list[Taken] | None:
    """The words on paper, and the files that came with them; None if one is not fit, and the form
    says which and why. The database's lock is given back meanwhile.
    """
    documents.count()
    db, submission = session(), shown.submission
    made = paper.pdf(
        title=words.SUPPLEMENT, authority=shown.board.name, on=today(),
        about=f"{number_of(db, submission=submission)}, {submission.subject}", to="",
        handler="", text=written(form.text),
    )  # fmt: skip
    files = documents.taken_all(form.files, otherwise=_("handling"))
    if files is None:
        return None
    ours = taking.keep_ours(made, name=f"{words.SUPPLEMENT}.pdf", settings=pages.settings())
    return [ours, *files]


def _answer(submission_id: UUID, form: AnswerForm, files: list[Taken]) -> None:
    """What was looked up before the files were taken is looked up anew."""
    shown = pages.existing(submission_id)
    asking.answer(
        session(), submission=shown.submission, organisation_id=shown.held.organisation.id,
        text=written(form.text), files=files, at=now(),
    )  # fmt: skip
