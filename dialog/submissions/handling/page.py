"""What the authority's pages of a letter know, and who may see them."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, abort, current_app
from flask_babel import gettext as _

from dialog.commitments import queries as commitments
from dialog.commitments import words as commitment_words
from dialog.core.submissions import State, possible
from dialog.diary.models import DiaryAuthority
from dialog.documents import taking
from dialog.documents import words as document_words
from dialog.documents.taking import Taken
from dialog.minutes import markup
from dialog.people.models import Person
from dialog.people.permissions import Handled, may
from dialog.people.signing_in import actor, permit
from dialog.settings import Settings
from dialog.storage.clock import today
from dialog.submissions import letter_files, receipts, steps
from dialog.submissions import words as letter_words
from dialog.submissions.handling import access, answers, files, paper, queries, words
from dialog.submissions.handling.dispatch import Dispatch
from dialog.submissions.handling.entering import number_of
from dialog.submissions.models import Submission
from dialog.web.database import let_go, session


def existing(submission_id: UUID, *actions: str) -> Submission:
    """A letter that has come in, for who may do one of `actions`; for others there is none."""
    found = session().get(Submission, submission_id)
    if found is None or found.state is State.DRAFT:
        abort(404)
    thing = handled(found)
    permit("submission.read", thing)
    if actions and not any(may(actor(), action, thing) for action in actions):
        abort(404)
    return found


def handled(submission: Submission) -> Handled:
    return access.handled(session(), submission=submission)


def name_of(submission: Submission) -> str:
    """What pages call it: its number in the diary, or that of the receipt."""
    if submission.line_id is not None:
        return str(number_of(session(), submission=submission))
    return str(_("Mottagen %(number)s", number=receipts.number_of(submission)))


def facts(submission: Submission) -> dict[str, Any]:
    """What every page of a letter knows."""
    thing, who = handled(submission), actor()
    return {
        "submission": submission,
        "name": name_of(submission),
        "board": session().get_one(DiaryAuthority, submission.authority_id),
        "can": {
            each: may(who, f"submission.{each}", thing)
            for each in ("register", "handle", "approve")
        },
        "actions": possible(submission.state),
        "words": words,
        "letter_words": letter_words,
        "render": markup.page,
    }


def whole(submission: Submission) -> dict[str, Any]:
    """And the page of the letter itself: files, what was asked and replied, what has happened."""
    db = session()
    reply = queries.reply_of(db, submission=submission)
    questions = queries.questions_of(db, submission=submission)
    senders = queries.senders_of(db, submissions=[submission])
    joined = db.get(Submission, submission.joined_to_id) if submission.joined_to_id else None
    return {
        **facts(submission),
        "receipt": receipts.number_of(submission),
        "sender": senders[submission.id],
        "handler": _name(submission.handler_id),
        "late": queries.late(submission),
        "files": letter_files.of(db, submission),
        "reply": reply,
        "reply_files": files.of_reply(db, reply),
        "questions": files.with_files(db, questions),
        "joined": (joined, name_of(joined)) if joined else None,
        "happened": steps.steps_of(db, submission=submission),
        "promises": commitments.of_source(db, kind=answers.PROMISES, source_id=submission.id),
        "commitment_words": commitment_words,
        "document_words": document_words,
    }


def to_print(submission: Submission, *, title: str, text: str) -> Response:
    """What is to be sent by hand, to read and print; nothing is kept."""
    return Response(_set(submission, title, text, today()), mimetype="application/pdf")


def set_paper(submission: Submission, *, title: str, text: str, dispatch: Dispatch | None) -> Taken:
    """What the authority writes, as a PDF in the folder of documents, of the day when it was sent.
    The database's lock is given back meanwhile: whoever calls looks up anew what it writes to.
    """
    settings = _settings()
    made = _set(submission, title, text, dispatch.on if dispatch else today())
    let_go()
    return taking.keep_ours(made, name=f"{title}.pdf", settings=settings)


def _set(submission: Submission, title: str, text: str, on: date) -> bytes:
    db = session()
    return paper.pdf(
        title=title,
        authority=db.get_one(DiaryAuthority, submission.authority_id).name,
        on=on,
        about=f"{name_of(submission)}, {submission.subject}",
        to=queries.senders_of(db, submissions=[submission])[submission.id],
        handler=_name(submission.handler_id),
        text=text,
    )


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def _name(person_id: UUID | None) -> str:
    return session().get_one(Person, person_id).name if person_id else ""
