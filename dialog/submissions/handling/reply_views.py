"""Pages of a reply: written and proposed, and by somebody else sent or sent back."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.people.permissions import may
from dialog.people.signing_in import actor, me, permitted
from dialog.storage.clock import now
from dialog.submissions.handling import page, queries, replying, words
from dialog.submissions.handling.dispatch import ApproveByHandForm, is_by_hand
from dialog.submissions.handling.forms import (
    ApproveForm,
    ReplyForm,
    SendBackForm,
)
from dialog.submissions.handling_models import ReplyState, SubmissionReply
from dialog.submissions.models import Submission
from dialog.web.database import session
from dialog.web.forms import status, written

APPROVE = "submission.approve"


@permitted("submission.incoming")
def reply(submission_id: UUID) -> Any:
    """Write it, and with the other button ask for approval."""
    found = page.existing(submission_id, "submission.handle")
    stands = queries.reply_of(session(), submission=found)
    form, problem = ReplyForm(data=_stands(stands)), ""
    if stands is not None and stands.state is not ReplyState.DRAFTING:
        if not form.is_submitted() or written(form.text).strip() == stands.text:  # sent twice
            return redirect(url_for("submissions.letter", submission_id=submission_id))
        problem = str(replying.ChangedError())
    if not problem and form.validate_on_submit():
        try:
            flash(_kept(found, form), "info")
        except RefusedError as refused:
            problem = refused.sentence
        else:
            return redirect(url_for("submissions.letter", submission_id=submission_id))
    body = render_template(
        "handling/reply.html", form=form, problem=problem, stands=stands if problem else None,
        **page.facts(found),
    )  # fmt: skip
    return body, 422 if problem else status(form)


def _stands(stands: SubmissionReply | None) -> dict[str, Any]:
    return {"text": stands.text, "seen": stands.revision} if stands else {"seen": 0}


def _kept(submission: Submission, form: ReplyForm) -> str:
    """Keep what was written, and propose it if that was asked for; what was done, in words."""
    db, by = session(), me()
    made = replying.write(
        db, submission=submission, by=by, text=written(form.text), seen=form.saw()
    )
    if "propose" not in request.form:
        return str(_("Utkastet är sparat. Ingen utanför myndigheten ser det."))
    replying.propose(db, submission=submission, by=by, seen=made.revision)
    return str(_("Svaret väntar på att någon annan godkänner det."))


@permitted("submission.incoming")
def approve(submission_id: UUID) -> Any:
    """Read it, and send it."""
    if _is_over(submission_id):
        return redirect(url_for("submissions.incoming"))
    found, stands = _waiting(submission_id)
    if "print" in request.form:
        return page.to_print(found, title=words.REPLY, text=stands.text)
    form, problem = _approve_form(found, stands), ""
    if form.validate_on_submit():
        try:
            _send(found, stands, form)
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Svaret är skickat och infört i diariet."), "info")
            return redirect(url_for("submissions.incoming"))
    body = render_template(
        "handling/approve.html", form=form, problem=problem, reply=stands, **page.facts(found)
    )
    return body, 422 if problem else status(form)


def _is_over(submission_id: UUID) -> bool:
    """Whether what was sent is sent once more, or somebody else was first. Nothing is done then; a
    page that is asked for is not there.
    """
    found = session().get(Submission, submission_id)
    over = found is None or not may(actor(), APPROVE, page.handled(found))
    return over and request.method == "POST"


def _waiting(submission_id: UUID) -> tuple[Submission, SubmissionReply]:
    """A letter whose reply waits for whoever looks."""
    found = page.existing(submission_id, APPROVE)
    return found, queries.reply_of(session(), submission=found) or abort(404)


def _approve_form(submission: Submission, reply: SubmissionReply) -> ApproveForm:
    seen = {"seen": reply.revision}
    if is_by_hand(session(), submission=submission):
        return ApproveByHandForm(data=seen).to(submission)
    return ApproveForm(data=seen)


def _send(submission: Submission, reply: SubmissionReply, form: ApproveForm) -> None:
    """The paper is made of what is there now, and sent only if that is what was read."""
    text, seen = reply.text, form.saw()
    sent = form.dispatch() if isinstance(form, ApproveByHandForm) else None
    paper = page.set_paper(submission, title=words.REPLY, text=text, dispatch=sent)
    found, stands = _waiting(submission.id)
    if stands.text != text:
        seen = 0
    replying.approve(
        session(), submission=found, by=me(), seen=seen, paper=paper, at=now(), dispatch=sent
    )


@permitted("submission.incoming")
def send_back(submission_id: UUID) -> Any:
    if _is_over(submission_id):
        return redirect(url_for("submissions.incoming"))
    found, stands = _waiting(submission_id)
    form, problem = SendBackForm(data={"seen": stands.revision}), ""
    if form.validate_on_submit():
        try:
            replying.send_back(
                session(), submission=found, by=me(), seen=form.saw(),
                reason=written(form.reason).strip(),
            )  # fmt: skip
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Svaret är skickat tillbaka till den som skriver."), "info")
            return redirect(url_for("submissions.incoming"))
    body = render_template(
        "handling/send_back.html", form=form, problem=problem, reply=stands, **page.facts(found)
    )
    return body, 422 if problem else status(form)
