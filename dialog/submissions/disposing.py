"""What is forgotten of letters whose matter is disposed of by a decision of retention: who sent
them and what they say. Number, days and states stay, as in the diary.
"""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.core.submissions import ENDS
from dialog.diary.models import DiaryLine
from dialog.documents import forgetting
from dialog.submissions import letter_files
from dialog.submissions.handling import asking, following, replying
from dialog.submissions.handling import queries as handling
from dialog.submissions.models import Kind, Submission, SubmissionSignatory, SubmissionStep

TABLES: Final = (
    "submission", "submission_question", "submission_reply", "submission_signatory",
    "submission_step",
)  # fmt: skip


def in_use(session: Session, lines: Sequence[DiaryLine]) -> bool:
    """Whether one of these documents of the diary is a letter that somebody still answers, here or
    where it went.
    """
    letters = select(Submission).where(col(Submission.line_id).in_([line.id for line in lines]))
    return any(
        following.answered_in(session, submission=each).state not in ENDS
        for each in session.exec(letters).all()
    )


def forget(session: Session, lines: Sequence[DiaryLine]) -> None:
    """In the transaction that disposes of these documents of the diary."""
    query = select(Submission).where(col(Submission.line_id).in_([line.id for line in lines]))
    for submission in session.exec(query.with_for_update()).all():
        _forget(session, submission)


def _forget(session: Session, submission: Submission) -> None:
    for about in letter_files.PLACES:
        forgetting.forget_all(session, about=about, about_id=submission.id)
    _forget_answers(session, submission)
    _forget_people(session, submission)
    submission.kind = Kind.ANONYMOUS  # nobody is known to have sent it any more
    submission.organisation_id = submission.body_id = submission.author_id = None
    submission.subject = submission.body = submission.digest = submission.sender = ""
    submission.given_sha256 = submission.batch_sha256 = None
    session.add(submission)
    session.flush()


def _forget_answers(session: Session, submission: Submission) -> None:
    """What was asked and answered, and what was replied."""
    reply = handling.reply_of(session, submission=submission)
    if reply is not None:
        forgetting.forget_all(session, about=replying.ABOUT, about_id=reply.id)
        reply.text = ""
        session.add(reply)
    for question in handling.questions_of(session, submission=submission):
        forgetting.forget_all(session, about=asking.ABOUT, about_id=question.id)
        question.text = question.answer = ""
        question.organisation_id = None
        session.add(question)


def _forget_people(session: Session, submission: Submission) -> None:
    """Who signed, who wrote by name, and why something was done; the authority's people stay."""
    steps = sa.update(SubmissionStep).where(col(SubmissionStep.submission_id) == submission.id)
    for statement in (
        sa.delete(SubmissionSignatory).where(
            col(SubmissionSignatory.submission_id) == submission.id
        ),
        steps.values(organisation_id=None, reason=""),
        steps.where(col(SubmissionStep.person_id) == submission.author_id).values(person_id=None),
    ):
        session.connection().execute(statement)
