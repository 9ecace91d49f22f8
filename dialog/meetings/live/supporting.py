"""Supporting a question that somebody else has put: one pass, one support."""

from typing import Final
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col

from dialog.core.errors import RefusedError
from dialog.meetings import events, steps
from dialog.meetings.live import passes, questions
from dialog.meetings.live_models import EventKind, MeetingQuestion, MeetingSupport, QuestionState
from dialog.meetings.models import Meeting

EACH: Final = 9  # up to so many, each is told of at once; then every fifth, every fiftieth …


def support(
    session: Session, *, meeting: Meeting, question_id: UUID, pass_: bytes, signature: bytes
) -> None:
    """Support a question that is shown; again changes nothing. Raises RefusedError."""
    question = questions.of(session, meeting=meeting, question_id=question_id)
    if question is None or question.state is not QuestionState.SHOWN:
        raise RefusedError(_("Frågan visas inte längre."))
    mark = passes.mark(
        session, meeting=meeting, thing_id=question.id, pass_=pass_, signature=signature
    )
    if session.get(MeetingSupport, (question.id, mark)) is not None:
        return
    steps.hold(session, meeting=meeting)  # before it is counted: two at once are two
    if session.get(MeetingSupport, (question.id, mark), populate_existing=True) is None:
        session.add(MeetingSupport(question_id=question.id, pass_hash=mark))
        session.flush()
    number = counts(session, meeting=meeting).get(question.id, 0)
    if number <= EACH or number % (10 ** (len(str(number)) - 1) // 2) == 0:
        events.tell(session, meeting_id=meeting.id, kind=EventKind.SUPPORT, about=question.id)


def marks_of(session: Session, *, meeting: Meeting) -> dict[UUID, int]:
    """How many marks there are at each question by itself."""
    query = (
        sa.select(col(MeetingSupport.question_id), sa.func.count())
        .join(MeetingQuestion, col(MeetingQuestion.id) == col(MeetingSupport.question_id))
        .where(col(MeetingQuestion.meeting_id) == meeting.id)
        .group_by(col(MeetingSupport.question_id))
    )
    return {UUID(str(key)): number for key, number in session.connection().execute(query)}


def counts(session: Session, *, meeting: Meeting) -> dict[UUID, int]:
    """How many support each question; those merged into it count with it once each."""
    into = sa.func.coalesce(col(MeetingQuestion.into_id), col(MeetingQuestion.id))
    marks = (
        sa.select(sa.func.count())
        .where(col(MeetingSupport.question_id) == col(MeetingQuestion.id))
        .correlate(MeetingQuestion)
        .scalar_subquery()
    )
    number = sa.func.sum(col(MeetingQuestion.supported) + marks)
    query = (
        sa.select(into, number)
        .where(col(MeetingQuestion.meeting_id) == meeting.id)
        .group_by(into)
        .having(number > 0)
    )
    return {UUID(str(key)): int(found) for key, found in session.connection().execute(query)}
