"""A letter that is sent on to another board, where it has come in anew."""

from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, select

from dialog.core.errors import RefusedError
from dialog.core.submissions import Action, State, fingerprint
from dialog.diary.models import DiaryAuthority, Direction
from dialog.documents import keeping
from dialog.submissions import letter_files, receipts, steps
from dialog.submissions.handling import asking, queries, replying, told, words
from dialog.submissions.handling.entering import enter
from dialog.submissions.handling.facts import facts_of
from dialog.submissions.letter_files import ATTACHMENT, LETTER
from dialog.submissions.models import Submission, SubmissionSignatory


def forward(
    session: Session,
    *,
    submission: Submission,
    by: UUID,
    to: UUID,
    reason: str,
    at: datetime,
) -> Submission:
    """Send it on to another board, where it is a letter that has come in: registered there, with a
    number of its own, on the day it is sent on. Gives that letter.
    """
    steps.check(session, submission=submission, action=Action.FORWARD)
    board = session.get_one(DiaryAuthority, to)
    if board.id == submission.authority_id:
        raise RefusedError(_("Skrivelsen är redan hos den myndigheten. Välj en annan."))
    facts = facts_of(session, submission, Direction.OUT, words.FORWARDED, at=at, other=board.name)
    enter(session, submission=submission, facts=facts, files=[], at=at, by=by)
    year, serial = receipts.take(session, at=at)
    made = Submission(
        **submission.model_dump(include={
            "kind", "organisation_id", "body_id", "author_id", "subject", "body", "uploaded",
            "revision", "digest", "sender",
        }),
        state=State.RECEIVED, authority_id=board.id, submitted_at=at,
        receipt_year=year, receipt_serial=serial, forwarded_from_id=submission.id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    signed = select(SubmissionSignatory).where(SubmissionSignatory.submission_id == submission.id)
    for each in session.exec(signed).all():
        copied = each.model_dump(exclude={"submission_id"})
        session.add(SubmissionSignatory(**copied, submission_id=made.id))
    steps.keep(session, submission=made, action=Action.SUBMIT, by=None)
    for about in (LETTER, ATTACHMENT):
        keeping.take_along(session, about=about, about_id=submission.id, to=made.id)
    _supplement(session, submission, made)
    replying.withdraw(session, submission=submission)
    told.take(session, submission=submission, action=Action.FORWARD, by=by, reason=reason)
    return made


def _supplement(session: Session, submission: Submission, made: Submission) -> None:
    """What was asked and answered goes along as attachments; the fingerprint is of all of it."""
    answered = [
        each
        for each in queries.questions_of(session, submission=submission)
        if each.answered_at is not None
    ]
    for each in answered:
        keeping.take_along(
            session, about=asking.ABOUT, about_id=each.id, to=made.id, to_about=ATTACHMENT
        )
    if answered:
        made.digest = fingerprint(letter_files.named(session, made))
