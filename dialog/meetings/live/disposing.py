"""Disposal of what a meeting needed: after each item the order of rows, and in the end the key, the
passes, the slips, the marks, the groups and the speakers' list. Counts stay.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.desk import Desk, Duty, Finish, PostponedError
from dialog.meetings import forgetting, relaying, steps
from dialog.meetings.floor.models import MeetingFloor, MeetingSpeech
from dialog.meetings.groups.models import MeetingGroupMember, MeetingGroupWork
from dialog.meetings.live import questions, supporting
from dialog.meetings.live_models import (
    MeetingKey,
    MeetingPass,
    MeetingQuestion,
    MeetingSlip,
    MeetingSupport,
    PollState,
)
from dialog.meetings.models import Meeting
from dialog.meetings.polling import polls, words
from dialog.meetings.states import OVER
from dialog.storage.clock import now
from dialog.storage.scrubbing import InUseError, rewrite

TABLES: Final = (
    "meeting_key", "meeting_pass", "meeting_poll", "meeting_slip", "meeting_support",
    "meeting_vote",
)  # fmt: skip
WHEN_FREE: Final = timedelta(minutes=1)  # until a table that is in use is tried again


def relay(desk: Desk, duty: Duty) -> Finish | None:
    """Write the rows of a meeting anew, in one transaction and in the order of their keys, and the
    files without where they lay: also where a table is kept in the order of its keys (SQLite) the
    rows of a page lie as they came. Votes are gone when their poll is closed. Done again, or by two
    workers, it comes to the same. While somebody reads a table (a backup) it waits.
    """
    with desk.writing() as session:
        meeting = session.get_one(Meeting, UUID(str(duty.payload["meeting"])))
        steps.hold(session, meeting=meeting)  # as whoever adds such a row does
        asked = sa.select(col(MeetingQuestion.id)).where(
            col(MeetingQuestion.meeting_id) == meeting.id
        )
        _lay(session, MeetingPass.__table__, col(MeetingPass.meeting_id) == meeting.id)  # type: ignore[attr-defined]  # SQLModel's tables
        _lay(session, MeetingSlip.__table__, col(MeetingSlip.meeting_id) == meeting.id)  # type: ignore[attr-defined]  # SQLModel's tables
        _lay(session, MeetingSupport.__table__, col(MeetingSupport.question_id).in_(asked))  # type: ignore[attr-defined]  # SQLModel's tables
        session.commit()
    try:
        rewrite(desk.engine, *TABLES)
    except InUseError as in_use:
        raise PostponedError(now() + WHEN_FREE) from in_use
    return None


def _lay(session: Session, table: sa.Table, of_it: sa.ColumnElement[bool]) -> None:
    connection = session.connection()
    found = connection.execute(sa.select(table).where(of_it).order_by(*table.primary_key.columns))
    rows = [dict(row) for row in found.mappings()]
    if rows:
        connection.execute(sa.delete(table).where(of_it))
        connection.execute(sa.insert(table), rows)


def dispose_due(desk: Desk) -> None:
    """Dispose of what meetings no longer need: those that are over, and take no question; also
    those that nobody has ended. The files are written anew by a duty, which can wait.
    """
    with desk.reading() as session:
        due = [each.id for each in _held(session) if _is_due(session, each)]
    for meeting_id in due:
        with desk.writing() as session:
            meeting = session.get_one(Meeting, meeting_id)
            steps.hold(session, meeting=meeting)
            if _is_due(session, meeting):
                dispose(session, meeting=meeting)
            session.commit()


def dispose(session: Session, *, meeting: Meeting) -> None:
    """Count what is not counted yet, and keep nothing but the counts and the words that all saw.
    Again changes nothing.
    """
    for poll in polls.all_of(session, meeting=meeting):
        if poll.state is PollState.OPEN:
            polls.close(session, poll=poll)
        words.forget(session, poll=poll)
    for question_id, number in supporting.marks_of(session, meeting=meeting).items():
        row = session.get_one(MeetingQuestion, question_id)
        row.supported += number
        session.add(row)
        session.flush()
        mine = col(MeetingSupport.question_id) == question_id
        session.connection().execute(sa.delete(MeetingSupport).where(mine))
    for table in (MeetingPass, MeetingSlip, MeetingKey):
        session.connection().execute(sa.delete(table).where(col(table.meeting_id) == meeting.id))
    forgetting.forget(session, meeting=meeting, past=True)
    step = steps.keep(session, meeting=meeting, action=steps.DISPOSE, by=None)
    relaying.ask(session, meeting_id=meeting.id, after=str(step.id))


def _held(session: Session) -> list[Meeting]:
    """Meetings that have something to dispose of."""
    grouped = sa.select(col(MeetingGroupWork.meeting_id)).join(
        MeetingGroupMember, col(MeetingGroupMember.work_id) == col(MeetingGroupWork.id)
    )
    tables = (MeetingKey, MeetingSlip, MeetingFloor, MeetingSpeech)
    held = sa.union(*(sa.select(col(table.meeting_id)) for table in tables), grouped)
    return list(session.exec(select(Meeting).where(col(Meeting.id).in_(held))))


def _is_due(session: Session, meeting: Meeting) -> bool:
    return (
        (meeting.state in OVER or questions.is_past(session, meeting=meeting))
        and not questions.are_taken(session, meeting=meeting)
        and meeting.id in {each.id for each in _held(session)}
    )
