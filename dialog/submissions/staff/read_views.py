"""What whoever has the code of a letter sees and does: the reply, files, answering a question."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from flask import abort, render_template, request
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.core.identity_numbers import has_identity_number
from dialog.core.submissions import State
from dialog.diary.models import DiaryAuthority
from dialog.documents import words as document_words
from dialog.documents.file_views import to_keep
from dialog.documents.queries import Shown
from dialog.minutes import markup
from dialog.receipts.places import Key
from dialog.receipts.views import with_key
from dialog.storage.clock import midnight
from dialog.submissions import letter_files, papers, standing, submitting, words
from dialog.submissions.handling import asking, files, following, queries
from dialog.submissions.handling_models import SubmissionQuestion, SubmissionReply
from dialog.submissions.models import Submission
from dialog.submissions.page import settings
from dialog.submissions.staff.sending import LETTER
from dialog.web.database import let_go, session
from dialog.web.forms import IDENTITY_NUMBER

ANSWER: Final = "Komplettering"  # in Swedish whoever writes it: it is the authority's document
LONGEST = 20_000  # characters of an answer


def page(submission_id: UUID, key: Key, *, typed: str = "", problem: str = "") -> str:
    """How the letter stands, what was asked and replied; of the authority's people no names."""
    found = _existing(submission_id)
    questions, reply = _said(found)
    board = session().get_one(DiaryAuthority, found.authority_id)
    return render_template(
        "staff/read.html",
        submission=found, board=board, key=key, typed=typed, problem=problem,
        holder=standing.holder(found, board.name),
        diary_number=standing.diary_number(session(), found),
        questions=questions, reply=reply, files=_files(found, questions, reply),
        words=words, document_words=document_words, render=markup.page,
    )  # fmt: skip


@with_key("submission.send", LETTER)
def supplement(submission_id: UUID, key: Key) -> Any:
    """Answer what was asked; its words become a PDF like the letter's."""
    found, text = _existing(submission_id), request.form.get("text", "").strip()
    if problem := _unfit(text):
        return page(submission_id, key, typed=text, problem=problem), 422
    if found.state is not State.SUPPLEMENT:
        answered = _("Frågan är redan besvarad.")
        return page(submission_id, key, typed=text, problem=answered), 422
    data = papers.written(
        session(), authority_id=found.authority_id, subject=found.subject, body=text,
        signed=[], enclosed=[], kind=ANSWER,
    )  # fmt: skip
    let_go()
    paper = submitting.set_letter(data, settings=settings(), name=f"{ANSWER}.pdf")
    try:
        asking.answer(
            session(), submission=_existing(submission_id), organisation_id=None, text=text,
            files=[paper], at=midnight(),
        )  # fmt: skip
    except RefusedError as refused:  # the handler went on meanwhile
        return page(submission_id, key, typed=text, problem=refused.sentence), 422
    return page(submission_id, key)


@with_key("submission.send", LETTER)
def file_(submission_id: UUID, _key: Key) -> Any:
    """One of the letter's files, or of what came of it."""
    wanted = request.form.get("file", "")
    letter = _existing(submission_id)
    found = _files(letter, *_said(letter))
    one = next((each for each in found if str(each.document.id) == wanted), None)
    return to_keep(one or abort(404))


def _existing(submission_id: UUID) -> Submission:
    """The letter where it is now: one that was forwarded goes on at the other board."""
    found = session().get_one(Submission, submission_id)
    return following.at_boards(session(), submission=found)[-1]


def _said(submission: Submission) -> tuple[list[SubmissionQuestion], SubmissionReply | None]:
    """What was asked, and the reply once it is sent."""
    db = session()
    answered = following.answered_in(db, submission=submission)
    reply = queries.sent_reply(db, submission=answered)
    return queries.questions_of(db, submission=submission), reply


def _files(
    submission: Submission, questions: Sequence[SubmissionQuestion], reply: SubmissionReply | None
) -> list[Shown]:
    """The letter's own, those of questions and answers, and those of the reply."""
    db = session()
    asked = [each for _question, own in files.with_files(db, questions) for each in own]
    return [*letter_files.of(db, submission), *asked, *files.of_reply(db, reply)]


def _unfit(text: str) -> str:
    if not text or len(text) > LONGEST:
        return str(_("Skriv ett svar, högst 20 000 tecken."))
    if has_identity_number(text):
        return str(IDENTITY_NUMBER)
    return ""
