"""Guests: people who join a meeting's room by its code, without signing in.

The code is made from the server's key and the meeting, and so is what a guest's browser is given:
the same for every guest of a meeting and good for no other, so that it tells no two of them apart.
"""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.meetings import steps
from dialog.meetings.live import codes, questions
from dialog.meetings.models import Meeting, MeetingState
from dialog.people.keys import secret_key
from dialog.settings import Settings
from dialog.web import qr

LENGTH: Final = 8  # letters of a code: 33 bits
NUMBER: Final = 4  # its first letters, against which wrong ones are counted
KEPT_FOR: Final = timedelta(days=90)  # by the browser: an answer may come after the room is closed
_HELD: Final = (
    MeetingState.INVITED,
    MeetingState.LIVE,
    MeetingState.ENDED,
    MeetingState.DOCUMENTED,
    MeetingState.CLOSED,
)


def code(keys: Path, *, meeting_id: UUID) -> str:
    """What stands on the wall; `codes.shown` puts a hyphen in."""
    about = b"code of a meeting" + meeting_id.bytes
    return codes.made_from(secret_key(keys), about, length=LENGTH)


def meeting_of(session: Session, keys: Path, *, given: str) -> Meeting | None:
    """The meeting with a code, if it takes guests; they are few, so each one's code is made."""
    query = select(Meeting).where(col(Meeting.guests), col(Meeting.state).in_(_HELD))
    found = (each for each in session.exec(query) if code(keys, meeting_id=each.id) == given)
    return next(found, None)


def may_join(meeting: Meeting) -> bool:
    return meeting.guests and not meeting.guests_stopped and meeting.state in _HELD


@dataclass(frozen=True)
class WayIn:
    """What stands on the wall and on a notice: the code, the page to type it on, and both in one
    address.
    """

    code: str
    page: str
    link: str

    @property
    def picture(self) -> str:
        return qr.image(self.link, scale=8)


def way_in(settings: Settings, *, meeting: Meeting) -> WayIn | None:
    """None while nobody can join."""
    if not may_join(meeting):
        return None
    shown = codes.shown(code(settings.keys, meeting_id=meeting.id))
    page = f"{settings.base_url}/m"
    return WayIn(shown, page.partition("://")[2], f"{page}/{shown}")


def token(keys: Path, *, meeting: Meeting) -> str:
    """What a guest's browser shows."""
    return hmac.new(secret_key(keys), b"guest of a meeting" + meeting.id.bytes, sha256).hexdigest()


def admits(
    session: Session, keys: Path, *, meeting: Meeting, given: str, afterwards: bool = False
) -> bool:
    """Whether a guest with this token may follow the meeting now: as long as questions are taken;
    `afterwards`: or only read the answer to one.
    """
    right = token(keys, meeting=meeting).encode()
    if not meeting.guests or not hmac.compare_digest(right, given.encode()):
        return False
    return afterwards or questions.are_taken(session, meeting=meeting)


def stop(session: Session, *, meeting: Meeting, stopped: bool) -> None:
    """Let no more guests in, or let them in again; those who are inside stay."""
    steps.hold(session, meeting=meeting)
    if not meeting.guests:
        raise RefusedError(_("Mötet är inte planerat för gäster."))
    meeting.guests_stopped = stopped
    session.add(meeting)
