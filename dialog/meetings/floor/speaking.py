"""Asking for the floor, taking it back, and having it: one at a time."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.core.identity_numbers import has_identity_number
from dialog.meetings import events, queries, steps
from dialog.meetings.floor.models import MeetingFloor, MeetingSpeech, SpeechState
from dialog.meetings.live_models import EventKind
from dialog.meetings.models import Answer, Meeting, MeetingInvitation, MeetingState
from dialog.storage.clock import now


@dataclass(frozen=True)
class Rules:
    """How the floor is given. Minutes of 0: no limit."""

    open: bool = False
    speech_minutes: int = 0
    reply_minutes: int = 1
    new_first: bool = True


def rules_of(session: Session, *, meeting: Meeting) -> Rules:
    row = session.get(MeetingFloor, meeting.id)
    if row is None:
        return Rules()
    return Rules(row.open, row.speech_minutes, row.reply_minutes, row.new_first)


def settle(session: Session, *, meeting: Meeting, rules: Rules) -> None:
    """Decide how the floor is given; only in a meeting that goes on. Raises RefusedError."""
    _hold(session, meeting)
    row = session.get(MeetingFloor, meeting.id) or MeetingFloor(meeting_id=meeting.id)
    for name, value in vars(rules).items():
        setattr(row, name, value)
    session.add(row)
    _tell(session, meeting)


def ask(session: Session, *, meeting: Meeting, person_id: UUID, reply: bool = False) -> None:
    """Ask for the floor by name, or to reply to whoever has it; once more changes nothing. Raises
    RefusedError.
    """
    _hold(session, meeting)
    if not rules_of(session, meeting=meeting).open:
        raise RefusedError(_("Talarlistan är stängd just nu."))
    speaking = _speaking(session, meeting)
    if reply and (speaking is None or speaking.person_id == person_id):
        raise RefusedError(_("Replik kan du begära medan någon annan har ordet."))
    if any(row.reply == reply for row in _waiting_of(session, meeting, person_id)):
        return
    row = session.get(MeetingInvitation, (meeting.id, person_id))
    remote = row is not None and row.answer is Answer.REMOTE
    leading = person_id in queries.people_of(session, meeting=meeting, among=person_id).running
    _put(
        session,
        MeetingSpeech(
            meeting_id=meeting.id,
            person_id=person_id,
            reply=reply,
            leading=leading,
            remote=remote,
        ),
    )


def add(session: Session, *, meeting: Meeting, label: str) -> None:
    """Somebody in the room, without a name: whoever leads writes who it is for all to know."""
    label = " ".join(label.split())
    if not label:
        raise RefusedError(_("Skriv vem det gäller, till exempel Mikrofon 2."))
    if len(label) > MeetingSpeech.__table__.c.label.type.length:  # type: ignore[attr-defined]  # SQLModel's tables
        raise RefusedError(_("Skriv det kortare: högst 60 tecken."))
    if has_identity_number(label):
        raise RefusedError(
            _("Det står ett personnummer i texten. Ta bort det: vi sparar inte sådana.")
        )
    _hold(session, meeting)
    _put(session, MeetingSpeech(meeting_id=meeting.id, label=label))


def take_back(session: Session, *, meeting: Meeting, person_id: UUID) -> None:
    """Whoever does not want to speak any more leaves nothing behind."""
    _hold(session, meeting)
    for row in _waiting_of(session, meeting, person_id):
        session.delete(row)
    _tell(session, meeting)


def remove(session: Session, *, meeting: Meeting, speech_id: UUID) -> None:
    """Take somebody off the list; who is not there any more stays away."""
    _hold(session, meeting)
    if (speech := _waiting(session, meeting, speech_id)) is not None:
        session.delete(speech)
    _tell(session, meeting)


def give(session: Session, *, meeting: Meeting, speech_id: UUID) -> None:
    """Give somebody the floor; whoever has it has spoken. Raises RefusedError."""
    _hold(session, meeting)
    speech = _waiting(session, meeting, speech_id)
    if speech is None:
        raise RefusedError(_("Den personen står inte på tur längre."))
    _end(session, meeting)
    speech.state, speech.began_at = SpeechState.SPEAKING, now()
    session.add(speech)
    _tell(session, meeting)


def end(session: Session, *, meeting: Meeting) -> None:
    """Whoever has the floor has spoken; if nobody has it, nothing changes."""
    _hold(session, meeting)
    _end(session, meeting)
    _tell(session, meeting)


def _hold(session: Session, meeting: Meeting) -> None:
    steps.hold(session, meeting=meeting)
    if meeting.state is not MeetingState.LIVE:
        raise RefusedError(_("Talarlistan finns bara medan mötet pågår."))


def _put(session: Session, speech: MeetingSpeech) -> None:
    """Last in the list."""
    last = session.connection().scalar(
        sa.select(sa.func.max(col(MeetingSpeech.number))).where(
            col(MeetingSpeech.meeting_id) == speech.meeting_id
        )
    )
    speech.number = int(last or 0) + 1
    session.add(speech)
    events.tell(session, meeting_id=speech.meeting_id, kind=EventKind.FLOOR)


def _end(session: Session, meeting: Meeting) -> None:
    row = _speaking(session, meeting)
    if row is None:
        return
    assert row.began_at is not None  # it speaks
    row.state, row.seconds = SpeechState.SPOKEN, round((now() - row.began_at).total_seconds())
    session.add(row)


def _speaking(session: Session, meeting: Meeting) -> MeetingSpeech | None:
    query = select(MeetingSpeech).where(
        MeetingSpeech.meeting_id == meeting.id, MeetingSpeech.state == SpeechState.SPEAKING
    )
    return session.exec(query.execution_options(populate_existing=True)).first()


def _waiting(session: Session, meeting: Meeting, speech_id: UUID) -> MeetingSpeech | None:
    """As it is now that the meeting is held; None: not waiting any more."""
    row = session.get(MeetingSpeech, speech_id, populate_existing=True)
    here = row is not None and row.meeting_id == meeting.id and row.state is SpeechState.WAITING
    return row if here else None


def _waiting_of(session: Session, meeting: Meeting, person_id: UUID) -> list[MeetingSpeech]:
    query = select(MeetingSpeech).where(
        MeetingSpeech.meeting_id == meeting.id,
        MeetingSpeech.person_id == person_id,
        MeetingSpeech.state == SpeechState.WAITING,
    )
    return list(session.exec(query.execution_options(populate_existing=True)))


def _tell(session: Session, meeting: Meeting) -> None:
    events.tell(session, meeting_id=meeting.id, kind=EventKind.FLOOR)
