"""Pages of an organisation's letters: the list, one as it stands, submitting, and the receipt."""

from typing import Any
from uuid import UUID

from flask import Response, abort, redirect, render_template, request, url_for

from dialog.core.errors import RefusedError
from dialog.people.signing_in import permitted
from dialog.submissions import page as pages
from dialog.submissions import papers, queries, receipts, standing, submitting, words
from dialog.submissions.forms import SubmitForm
from dialog.submissions.handling import answers
from dialog.submissions.page import Shown
from dialog.web.database import let_go, session


@permitted("submission.own")
def submissions() -> Any:
    held = pages.representing()
    own = held.organisation.id
    return render_template(
        "submissions/submissions.html",
        held=held,
        drafts=queries.drafts(session(), organisation_id=own),
        asked=queries.asked(session(), organisation_id=own),
        sent=queries.submitted(
            session(), organisation_id=own, page=request.args.get("sida", 1, int)
        ),
        standing=standing,
        receipts=receipts,
        words=words,
    )


@permitted("submission.own")
def submission(submission_id: UUID) -> Any:
    """A draft with what is left to do, or a letter that was submitted and where it stands."""
    shown = pages.existing(submission_id)
    if shown.draft:
        left = submitting.hindrances(session(), submission=shown.submission)
        return render_template("submissions/draft.html", left=left, **pages.facts(shown))
    return render_template(
        "submissions/submission.html",
        story=standing.story(session(), shown.submission, shown.board),
        number=standing.diary_number(session(), shown.submission),
        receipts=receipts,
        standing=standing,
        **answers.facts(session(), shown.submission),
        **pages.facts(shown),
    )


@permitted("submission.own")
def submit(submission_id: UUID) -> Any:
    """What becomes public, and the button. Sent once more, it leads to the same receipt."""
    shown = pages.existing(submission_id)
    if not shown.writes:
        abort(404)
    if not shown.draft:
        return redirect(url_for("submissions.receipt", submission_id=submission_id))
    form, problem = SubmitForm(revision=shown.submission.revision), ""
    if form.validate_on_submit():
        try:
            _submit(shown, revision=form.revision.data or 0)
        except RefusedError as refused:
            problem, shown = refused.sentence, pages.existing(submission_id)
            form.revision.data = shown.submission.revision
        if not problem or not shown.draft:
            return redirect(url_for("submissions.receipt", submission_id=submission_id))
    page = render_template(
        "submissions/submit.html",
        form=form,
        problem=problem,
        left=submitting.hindrances(session(), submission=shown.submission),
        pointed_out=pages.pointed_out(shown.submission),
        named=pages.named(shown.submission),
        **pages.facts(shown),
    )
    return page, 422 if problem else 200


def _submit(shown: Shown, *, revision: int) -> None:
    """Set the text as a PDF while no lock is held, look again, and hand it in."""
    submitting.check(session(), submission=shown.submission, revision=revision)
    letter = None
    if not shown.submission.uploaded:
        data = papers.letter_data(session(), shown.submission)
        let_go()
        letter = submitting.set_letter(data, settings=pages.settings())
        shown = pages.existing(shown.submission.id)
    submitting.submit(
        session(), submission=shown.submission, mandate=shown.held.mandate, revision=revision,
        letter=letter,
    )  # fmt: skip


@permitted("submission.own")
def receipt(submission_id: UUID) -> Any:
    shown = _received(submission_id)
    return render_template(
        "submissions/receipt.html",
        number=receipts.number_of(shown.submission),
        files=[*([shown.letter] if shown.letter else []), *shown.attachments],
        **pages.facts(shown),
    )


@permitted("submission.own")
def receipt_file(submission_id: UUID) -> Response:
    shown = _received(submission_id)
    number = receipts.number_of(shown.submission)
    return Response(
        papers.receipt(session(), shown.submission),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="kvitto-{number}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )


def _received(submission_id: UUID) -> Shown:
    shown = pages.existing(submission_id)
    if shown.draft:
        abort(404)
    return shown
