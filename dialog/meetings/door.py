"""The code at the door: whoever scans it there, signed in and invited, is checked in.

It is made from the server's key and the meeting, so that nobody can guess it at home and nothing
has to be kept.
"""

import hmac
from base64 import b32encode
from hashlib import sha256
from pathlib import Path
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.meetings import registering
from dialog.meetings.models import Answer, Meeting, MeetingInvitation, MeetingState
from dialog.people.keys import secret_key

LENGTH: Final = 16  # of 32 signs: 80 bits


def code(keys: Path, *, meeting_id: UUID) -> str:
    made = hmac.digest(secret_key(keys), b"door of a meeting" + meeting_id.bytes, sha256)
    return b32encode(made).decode().lower()[:LENGTH]


def is_right(keys: Path, *, meeting_id: UUID, given: str) -> bool:
    return hmac.compare_digest(code(keys, meeting_id=meeting_id).encode(), given.encode())


def enter(session: Session, *, meeting: Meeting, person_id: UUID) -> None:
    """Check somebody in at the door, while the meeting is on or about to be. Raises RefusedError.
    Who had said that they follow from elsewhere is there now.
    """
    row = _asked(session, meeting, person_id)
    if row is not None and row.answer is Answer.REMOTE:
        row.answer = Answer.YES
    registering.check_in(session, meeting=meeting, person_id=person_id)


def enter_remotely(session: Session, *, meeting: Meeting, person_id: UUID) -> None:
    """Check in somebody who is not in the room; who had a seat there leaves it to another."""
    row = _asked(session, meeting, person_id)
    if row is not None and row.answer is not Answer.REMOTE:
        needs, words = row.needs, row.needs_words
        registering.answer(
            session, meeting=meeting, person_id=person_id, given=Answer.REMOTE, needs=needs,
            needs_words=words,
        )  # fmt: skip
    registering.check_in(session, meeting=meeting, person_id=person_id)


def _asked(session: Session, meeting: Meeting, person_id: UUID) -> MeetingInvitation | None:
    if meeting.state not in {MeetingState.INVITED, MeetingState.LIVE}:
        raise RefusedError(_("Mötet är inte öppet för incheckning."))
    return session.get(MeetingInvitation, (meeting.id, person_id))
