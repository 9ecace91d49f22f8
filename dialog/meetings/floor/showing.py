"""The speakers' list as all see it, and how time was shared out, for those who lead."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlmodel import Session, col, select

from dialog.core.meetings import speakers
from dialog.core.meetings.speakers import Share, Turn
from dialog.meetings.floor import speaking
from dialog.meetings.floor.models import MeetingSpeech, SpeechState
from dialog.meetings.floor.speaking import Rules
from dialog.meetings.models import Meeting
from dialog.people.models import Person


@dataclass(frozen=True)
class Entry:
    row: MeetingSpeech
    name: str
    mark: str  # by which a browser knows that it is one's own; empty for a label
    new: bool  # has not had the floor before
    limit: int  # seconds; 0: none


@dataclass(frozen=True)
class Floor:
    rules: Rules
    speaking: Entry | None
    queue: list[Entry]
    spoken: list[MeetingSpeech]


PARTIES: Final[Mapping[str, Any]] = {
    "leading": _l("De som håller i mötet"),
    "others": _l("Övriga deltagare"),
    "room": _l("I rummet"),
    "remote": _l("På distans"),
}


def mark(meeting_id: UUID, person_id: UUID | None) -> str:
    """What stands for somebody in a page that all get: it says nothing in another meeting. None:
    any guest, who is on no list.
    """
    return hashlib.sha256(f"{meeting_id}\0{person_id}".encode()).hexdigest()[:16]


def floor(session: Session, *, meeting: Meeting) -> Floor:
    rules = speaking.rules_of(session, meeting=meeting)
    query = (
        select(MeetingSpeech, Person.name)
        .join(Person, col(Person.id) == col(MeetingSpeech.person_id), isouter=True)
        .where(MeetingSpeech.meeting_id == meeting.id)
        .order_by(col(MeetingSpeech.number))
    )
    rows = [(row, name or row.label) for row, name in session.exec(query)]
    spoken = [row for row, _name in rows if row.state is SpeechState.SPOKEN]
    now_ = [row for row, _name in rows if row.state is SpeechState.SPEAKING]
    before = {_who(row) for row in (*spoken, *now_)}
    entries = {row.number: _entry(row, name, rules, before) for row, name in rows}
    waiting = [
        Turn(row.number, _who(row), row.reply)
        for row, _name in rows
        if row.state is SpeechState.WAITING
    ]
    queue = speakers.queue(waiting, spoken=before, new_first=rules.new_first)
    return Floor(
        rules=rules,
        speaking=entries[now_[0].number] if now_ else None,
        queue=[entries[turn.number] for turn in queue],
        spoken=spoken,
    )


def shares(spoken: list[MeetingSpeech]) -> list[tuple[str, Share]]:
    """How many speeches and how long: of who runs the meeting and who does not, and by place."""
    parts = {
        "leading": [row for row in spoken if row.leading],
        "others": [row for row in spoken if not row.leading],
        "room": [row for row in spoken if not row.remote],
        "remote": [row for row in spoken if row.remote],
    }
    return [
        (str(PARTIES[name]), speakers.share([row.seconds for row in rows]))
        for name, rows in parts.items()
    ]


def spell(seconds: int) -> str:
    """How long, in words: "3 min 5 s"."""
    minutes, rest = divmod(seconds, 60)
    return str(_("%(minutes)s min %(seconds)s s", minutes=minutes, seconds=rest))


def _who(row: MeetingSpeech) -> UUID:
    """A label is nobody that could have spoken before."""
    return row.person_id or row.id


def _entry(row: MeetingSpeech, name: str, rules: Rules, before: set[UUID]) -> Entry:
    minutes = rules.reply_minutes if row.reply else rules.speech_minutes
    return Entry(
        row=row,
        name=name,
        mark=mark(row.meeting_id, row.person_id) if row.person_id else "",
        new=_who(row) not in before,
        limit=60 * minutes,
    )
