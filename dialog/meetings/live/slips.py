"""Slips of paper that are handed out at the door: each gives whoever types its code one pass.

Of a code only a keyed hash is kept, and rows lie in the order of their hashes. The codes are in
the file that is printed and nowhere else: what jams in the printer is made anew.
"""

import hmac
from hashlib import sha256
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col

from dialog.core.errors import RefusedError
from dialog.meetings import steps
from dialog.meetings.live import codes, questions
from dialog.meetings.live_models import MeetingSlip
from dialog.meetings.models import Meeting
from dialog.people.keys import secret_key

LENGTH: Final = 12  # letters: 50 bits, so tries need no counting
MOST: Final = 500  # at a time


def make(session: Session, keys: Path, *, meeting: Meeting, count: int) -> list[str]:
    """New codes, in an order of their own. Raises RefusedError."""
    steps.hold(session, meeting=meeting)
    if not meeting.guests:
        raise RefusedError(_("Mötet är inte planerat för gäster."))
    if not questions.are_taken(session, meeting=meeting):
        raise RefusedError(_("Lappar kan göras från kallelsen tills frågor inte längre tas emot."))
    if not 1 <= count <= MOST:
        raise RefusedError(_("Gör mellan 1 och %(most)s lappar åt gången.", most=MOST))
    made = [codes.new(length=LENGTH) for _slip in range(count)]
    hashes = sorted(_hash(keys, meeting, code) for code in made)
    session.add_all([MeetingSlip(meeting_id=meeting.id, code_hash=each) for each in hashes])
    session.flush()
    return made


def of(session: Session, keys: Path, *, meeting: Meeting, given: str) -> MeetingSlip:
    """The slip with a code as somebody typed it. Raises RefusedError."""
    code = codes.read(given, length=LENGTH)
    row = session.get(MeetingSlip, (meeting.id, _hash(keys, meeting, code))) if code else None
    if row is None:
        raise RefusedError(_("Ingen lapp till mötet har den koden. Se efter alla tolv bokstäver."))
    return row


def number(session: Session, *, meeting: Meeting) -> int:
    """How many slips there are; when the unused ones were withdrawn, how many are used."""
    query = sa.select(sa.func.count()).where(col(MeetingSlip.meeting_id) == meeting.id)
    return int(session.connection().scalar(query) or 0)


def withdraw(session: Session, *, meeting: Meeting) -> None:
    """Slips that nobody has used are good for nothing any more; passes that were given stay."""
    steps.hold(session, meeting=meeting)
    session.connection().execute(
        sa.delete(MeetingSlip).where(
            col(MeetingSlip.meeting_id) == meeting.id, col(MeetingSlip.blinded_hash) == ""
        )
    )


def _hash(keys: Path, meeting: Meeting, code: str) -> str:
    about = b"slip of a meeting" + meeting.id.bytes + code.encode()
    return hmac.new(secret_key(keys), about, sha256).hexdigest()
