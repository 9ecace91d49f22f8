"""Asking those who signed a letter for more, and what an organisation answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.core.submissions import Action
from dialog.diary.models import Direction
from dialog.documents import keeping
from dialog.documents.taking import Taken
from dialog.submissions import steps
from dialog.submissions.handling import dispatch as dispatching
from dialog.submissions.handling import queries, replying, told, words
from dialog.submissions.handling.dispatch import Dispatch
from dialog.submissions.handling.entering import enter
from dialog.submissions.handling.facts import facts_of
from dialog.submissions.handling_models import SubmissionQuestion
from dialog.submissions.models import Kind, Submission
from dialog.unions.models import UnionOrganisation

ABOUT: Final = "submission-question"  # what documents of a question and its answer are about


def ask(
    session: Session,
    *,
    submission: Submission,
    by: UUID,
    text: str,
    paper: Taken,
    at: datetime,
    dispatch: Dispatch | None = None,
) -> SubmissionQuestion:
    """Ask for a supplement: the question, as it is on `paper`, is sent and registered. Who wrote by
    mail gets it by hand: `dispatch` says how it was sent.
    """
    steps.check(session, submission=submission, action=Action.ASK_SUPPLEMENT)
    dispatching.require(dispatch, by_hand=submission.kind is Kind.MAIL)
    facts = facts_of(
        session, submission, Direction.OUT, words.QUESTION, at=at,
        on=dispatch.on if dispatch else None,
    )  # fmt: skip
    line = enter(session, submission=submission, facts=facts, files=[paper], at=at, by=by)
    question = SubmissionQuestion(
        submission_id=submission.id, text=text.strip(), asked_by=by, asked_at=at, line_id=line.id
    )
    session.add(question)
    session.flush()
    keeping.add(session, about=ABOUT, about_id=question.id, taken=paper, by=by)
    replying.withdraw(session, submission=submission)
    told.take(
        session, submission=submission, action=Action.ASK_SUPPLEMENT, by=by,
        reason=str(dispatch or ""),
    )  # fmt: skip
    return question


def answer(
    session: Session,
    *,
    submission: Submission,
    organisation_id: UUID | None,
    text: str,
    files: Sequence[Taken],
    at: datetime,
) -> SubmissionQuestion:
    """What an organisation answers, or (None) whoever of the staff wrote; its words on paper first
    among `files`. No representative is named.
    """
    steps.check(session, submission=submission, action=Action.GIVE_SUPPLEMENT)
    question = queries.questions_of(session, submission=submission)[-1]
    if question.answered_at is not None:
        raise RefusedError(_("Frågan är redan besvarad."))
    name = ""  # the letter's sender
    if organisation_id is not None:
        name = session.get_one(UnionOrganisation, organisation_id).name
    facts = facts_of(session, submission, Direction.IN, words.SUPPLEMENT, at=at, other=name)
    line = enter(session, submission=submission, facts=facts, files=files, at=at, by=None)
    question.answer, question.answered_at = text.strip(), at
    question.organisation_id, question.answer_line_id = organisation_id, line.id
    session.add(question)
    for each in files:
        keeping.add(session, about=ABOUT, about_id=question.id, taken=each, by=None, at=at)
    steps.take(
        session, submission=submission, action=Action.GIVE_SUPPLEMENT,
        organisation_id=organisation_id, at=at,
    )  # fmt: skip
    return question
