"""What whoever has the code of a letter sees: how it stands, and its files."""

from typing import Any
from uuid import UUID

from flask import abort, render_template, request
from flask.blueprints import BlueprintSetupState

from dialog.diary.models import DiaryAuthority
from dialog.documents import words as document_words
from dialog.documents.file_views import to_keep
from dialog.minutes import markup
from dialog.people.signing_in import permitted
from dialog.receipts.places import Key
from dialog.receipts.views import with_key
from dialog.submissions import letter_files, standing, words
from dialog.submissions.models import Submission
from dialog.submissions.staff.sending import LETTER
from dialog.web.database import session

LONGEST = 20_000  # characters of an answer


def use_no_cookie(state: BlueprintSetupState) -> None:
    """The number and the code are all there is; see receipts.views."""
    state.app.extensions["csrf"].exempt(file_)


def page(submission_id: UUID, key: Key, *, typed: str = "", problem: str = "") -> str:
    """How the letter stands, what was asked and replied; of the authority's people no names."""
    found = _existing(submission_id)
    board = session().get_one(DiaryAuthority, found.authority_id)
    return render_template(
        "staff/read.html",
        submission=found, board=board, key=key, typed=typed, problem=problem,
        holder=standing.holder(found, board.name),
        diary_number=standing.diary_number(session(), found),
        questions=[], reply=None,
        files=letter_files.of(session(), found),
        words=words, document_words=document_words, render=markup.page,
    )  # fmt: skip


@permitted("submission.send", traceless=True)
@with_key(LETTER)
def file_(submission_id: UUID, _key: Key) -> Any:
    """One of the letter's files, or of what came of it."""
    wanted = request.form.get("file", "")
    found = letter_files.of(session(), _existing(submission_id))
    return to_keep(next((each for each in found if str(each.document.id) == wanted), None)
                   or abort(404))  # fmt: skip


def _existing(submission_id: UUID) -> Submission:
    return session().get_one(Submission, submission_id)
