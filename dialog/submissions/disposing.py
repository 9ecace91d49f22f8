"""What is forgotten of letters whose matter is disposed of by a decision of retention: who sent
them and what they say. Number, days and states stay, as in the diary.
"""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.diary.models import DiaryLine
from dialog.documents import forgetting
from dialog.submissions import letter_files
from dialog.submissions.models import Kind, Submission, SubmissionSignatory, SubmissionStep

TABLES: Final = ("submission", "submission_signatory", "submission_step")


def forget(session: Session, lines: Sequence[DiaryLine]) -> None:
    """In the transaction that disposes of these documents of the diary."""
    query = select(Submission).where(col(Submission.line_id).in_([line.id for line in lines]))
    for submission in session.exec(query.with_for_update()).all():
        _forget(session, submission)


def _forget(session: Session, submission: Submission) -> None:
    for about in letter_files.PLACES:
        forgetting.forget_all(session, about=about, about_id=submission.id)
    own = col(SubmissionStep.submission_id) == submission.id
    session.connection().execute(
        sa.delete(SubmissionSignatory).where(
            col(SubmissionSignatory.submission_id) == submission.id
        )
    )
    session.connection().execute(
        sa.update(SubmissionStep).where(own).values(organisation_id=None, reason="")
    )
    if submission.author_id is not None:
        session.connection().execute(
            sa.update(SubmissionStep)
            .where(own, col(SubmissionStep.person_id) == submission.author_id)
            .values(person_id=None)
        )
    submission.kind = Kind.ANONYMOUS  # nobody is known to have sent it any more
    submission.organisation_id = submission.author_id = None
    submission.subject = submission.body = submission.digest = ""
    session.add(submission)
    session.flush()
