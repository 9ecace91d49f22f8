"""Telling those who are asked to come: who they are, and mail that is still to be sent to them."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.desk import Desk
from dialog.meetings import audience, steps
from dialog.meetings.models import Answer, Meeting, MeetingInvitation, MeetingState
from dialog.meetings.states import Action
from dialog.storage import outbox
from dialog.storage.clock import STOCKHOLM, now, today

KIND: Final = "mail.meeting"
SEAT: Final = "mail.meeting-seat"
REMINDER: Final = "mail.meeting-reminder"
REMIND_FROM: Final = 8  # o'clock, on the day before
CHUNK: Final = 2_000  # rows in one statement
BATCH: Final = 200  # messages in one duty


def invite(session: Session, *, meeting: Meeting, by: UUID) -> int:
    """Ask everybody in the audience to come, by mail with a calendar event; how many are asked.
    Again after the audience has changed: the new ones are asked, and those who are no longer in it
    are told so.
    """
    steps.check(session, meeting=meeting, action=Action.INVITE)
    asked = audience.of(meeting)
    if asked is None:
        raise RefusedError(_("Välj först vilka som ska kallas."))
    people = audience.people(session, meeting=meeting, asked=asked)
    if not people:
        raise RefusedError(_("Ingen hör till dem som ska kallas. Välj om vilka det är."))
    _sync(session, meeting, people)
    steps.take(session, meeting=meeting, action=Action.INVITE, by=by)
    _plan(session, meeting)
    return len(people)


def news(session: Session, *, meeting: Meeting) -> None:
    """What calendars show has changed: a new sequence, sent to everybody who was told before. A
    meeting that got a new day is told of when it is invited to again.
    """
    meeting.sequence += 1
    session.add(meeting)
    session.flush()
    if meeting.state is not MeetingState.SCHEDULED:
        _plan(session, meeting)


def seat(session: Session, *, meeting: Meeting, person_id: UUID) -> None:
    """Somebody who waited has got a seat."""
    outbox.put(
        session,
        kind=SEAT,
        key=f"{SEAT}:{meeting.id}:{person_id}:{now().isoformat()}",
        payload={"meeting": str(meeting.id), "person": str(person_id)},
    )


def anybody_told(session: Session, *, meeting: Meeting) -> bool:
    query = select(MeetingInvitation.person_id).where(
        MeetingInvitation.meeting_id == meeting.id, col(MeetingInvitation.told) >= 0
    )
    return session.exec(query.limit(1)).first() is not None


def _sync(session: Session, meeting: Meeting, wanted: Mapping[UUID, UUID | None]) -> None:
    known = {
        row.person_id: row
        for row in session.exec(
            select(MeetingInvitation).where(MeetingInvitation.meeting_id == meeting.id)
        )
    }
    gone = [row for person, row in known.items() if person not in wanted and not row.withdrawn]
    back = [row for person, row in known.items() if person in wanted and row.withdrawn]
    for row in gone:
        row.withdrawn, row.waiting = True, False
        session.add(row)
    for row in back:
        row.withdrawn = False
        session.add(row)
    for person in known.keys() & wanted.keys():
        known[person].body_id = wanted[person]
        session.add(known[person])
    if gone or back:  # so that their calendars hear of it
        meeting.sequence += 1
    new = sorted(wanted.keys() - known.keys())
    for first in range(0, len(new), CHUNK):
        session.connection().execute(
            sa.insert(MeetingInvitation),
            [
                MeetingInvitation(
                    meeting_id=meeting.id, person_id=each, body_id=wanted[each]
                ).model_dump()
                for each in new[first : first + CHUNK]
            ],
        )
    session.flush()


def _plan(session: Session, meeting: Meeting) -> None:
    """Ask for mail to everybody whose calendar does not hold this sequence yet."""
    session.flush()
    moment = len(steps.steps_of(session, meeting=meeting))
    _put(session, meeting, KIND, behind(meeting), f"{meeting.sequence}:{moment}")


def _put(
    session: Session,
    meeting: Meeting,
    kind: str,
    concerned: tuple[sa.ColumnElement[bool], ...],
    occasion: str,
) -> None:
    """One duty for each BATCH of those concerned; the same occasion again asks for nothing."""
    people = session.exec(
        select(MeetingInvitation.person_id)
        .where(*concerned)
        .order_by(col(MeetingInvitation.person_id))
    ).all()
    for first in range(0, len(people), BATCH):
        ends = people[first], people[min(first + BATCH, len(people)) - 1]
        outbox.put(
            session,
            kind=kind,
            key=f"{kind}:{meeting.id}:{occasion}:{ends[0]}",
            payload={"meeting": str(meeting.id), "first": str(ends[0]), "last": str(ends[1])},
        )


def remind_due(desk: Desk) -> None:
    """Ask for reminders of the meetings that are on the next day, from eight in the morning."""
    if now().astimezone(STOCKHOLM).hour < REMIND_FROM:
        return
    tomorrow = today() + timedelta(days=1)
    first, last = (
        datetime.combine(tomorrow + timedelta(days=days), time(), STOCKHOLM) for days in (0, 1)
    )
    with desk.reading() as session:
        due = session.exec(
            select(Meeting.id).where(
                Meeting.state == MeetingState.INVITED,
                col(Meeting.starts_at) >= first,
                col(Meeting.starts_at) < last,
            )
        ).all()
    for meeting_id in due:
        with desk.writing() as session:
            meeting = session.get_one(Meeting, meeting_id)
            _put(session, meeting, REMINDER, unreminded(meeting), str(meeting.starts_at))
            session.commit()


def unreminded(meeting: Meeting) -> tuple[sa.ColumnElement[bool], ...]:
    """Who is to be reminded of the meeting, and has not been reminded of when it is now."""
    return (
        col(MeetingInvitation.meeting_id) == meeting.id,
        col(MeetingInvitation.withdrawn).is_(False),
        col(MeetingInvitation.waiting).is_(False),
        col(MeetingInvitation.answer) != Answer.NO,
        sa.or_(
            col(MeetingInvitation.reminded_of).is_(None),
            col(MeetingInvitation.reminded_of) != meeting.starts_at,
        ),
    )


def behind(meeting: Meeting) -> tuple[sa.ColumnElement[bool], ...]:
    """Whose calendar is behind. Who was withdrawn before they were told is told nothing."""
    return (
        col(MeetingInvitation.meeting_id) == meeting.id,
        col(MeetingInvitation.told) < meeting.sequence,
        sa.or_(col(MeetingInvitation.withdrawn).is_(False), col(MeetingInvitation.told) >= 0),
    )
