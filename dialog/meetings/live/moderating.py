"""Moderating: a question is claimed from the queue, shown or held, masked, merged and answered."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.meetings import events, steps
from dialog.meetings.live import questions
from dialog.meetings.live_models import EventKind, MeetingQuestion, QuestionState
from dialog.meetings.models import Meeting
from dialog.people.models import Person
from dialog.storage import outbox
from dialog.storage.clock import now

CLAIM: Final = timedelta(minutes=10)
KIND: Final = "mail.meeting-answer"


def claim(session: Session, *, question: MeetingQuestion, by: UUID) -> None:
    """Take the question in hand for ten minutes; others see who has it. Refused while another
    moderator has it.
    """
    _hold(session, question, by)
    question.claimed_by, question.claimed_until = by, now() + CLAIM
    session.add(question)
    _tell(session, question, EventKind.QUEUE)


def let_go(session: Session, *, question: MeetingQuestion, by: UUID) -> None:
    _hold(session, question, by)
    question.claimed_by = question.claimed_until = None
    session.add(question)
    _tell(session, question, EventKind.QUEUE)


def show(session: Session, *, question: MeetingQuestion, by: UUID, text: str = "") -> None:
    """Show it to everybody, with words masked if `text` is given; the original stays."""
    _hold(session, question, by)
    if text and (problem := questions.fault(text)):
        raise RefusedError(problem)
    question.text = text.strip() or question.text
    _settle(session, question, QuestionState.SHOWN)


def hold(session: Session, *, question: MeetingQuestion, by: UUID) -> None:
    """Do not show it, or not any more. It is not lost: it can be shown or answered later."""
    _hold(session, question, by)
    _settle(session, question, QuestionState.HELD)


def merge(session: Session, *, question: MeetingQuestion, into: MeetingQuestion, by: UUID) -> None:
    """The other question asks the same. Its answer is this one's too, and that of those that were
    merged into this one.
    """
    _hold(session, question, by)
    session.refresh(into, with_for_update=True)
    if into.meeting_id != question.meeting_id or into.id == question.id:
        raise RefusedError(_("Välj en annan fråga i mötet att slå ihop med."))
    if into.state is QuestionState.MERGED:
        raise RefusedError(_("Den frågan är själv ihopslagen med en annan. Välj den i stället."))
    meeting = session.get_one(Meeting, question.meeting_id)
    for each in [question, *_merged(session, meeting, question)]:
        each.into_id = into.id
        _settle(session, each, QuestionState.MERGED)
        if into.answered:
            _answered(session, each, into.answer)


def answer(session: Session, *, question: MeetingQuestion, by: UUID, text: str = "") -> None:
    """Note that it was answered in the room, or answer it in writing. Those who put it by name, or
    one that was merged into it, get a written answer by mail.
    """
    _hold(session, question, by)
    if text and (problem := questions.fault(text)):
        raise RefusedError(problem)
    meeting = session.get_one(Meeting, question.meeting_id)
    _answered(session, question, text.strip())
    for each in _merged(session, meeting, question):
        _answered(session, each, text.strip())
    _tell(session, question, EventKind.QUESTION)


def _merged(session: Session, meeting: Meeting, into: MeetingQuestion) -> list[MeetingQuestion]:
    asked = questions.all_of(session, meeting=meeting)
    return [each.row for each in asked if each.row.into_id == into.id]


def _answered(session: Session, question: MeetingQuestion, text: str) -> None:
    question.answered, question.answer = True, text or question.answer
    question.claimed_by = question.claimed_until = None
    session.add(question)
    session.flush()
    if question.asker_id and text:
        outbox.put_again(
            session,
            kind=KIND,
            key=f"{KIND}:{question.id}",
            payload={"question": str(question.id)},
        )


def _hold(session: Session, question: MeetingQuestion, by: UUID) -> None:
    """Keep others from the meeting's questions until this is done; refuse if one has this one."""
    steps.hold(session, meeting=session.get_one(Meeting, question.meeting_id))
    session.refresh(question, with_for_update=True)
    theirs = question.claimed_by is not None and question.claimed_by != by
    if theirs and question.claimed_until is not None and question.claimed_until > now():
        name = session.get_one(Person, question.claimed_by).name
        raise RefusedError(_("%(name)s har hand om frågan just nu. Välj en annan.", name=name))


def _settle(session: Session, question: MeetingQuestion, state: QuestionState) -> None:
    question.state = state
    if state is not QuestionState.MERGED:
        question.into_id = None
    question.claimed_by = question.claimed_until = None
    session.add(question)
    _tell(session, question, EventKind.QUESTION)


def _tell(session: Session, question: MeetingQuestion, kind: EventKind) -> None:
    events.tell(session, meeting_id=question.meeting_id, kind=kind, about=question.id)
