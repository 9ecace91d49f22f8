"""One pass for each who has come to a meeting: signed blind, so that nobody can see whose it is.

Whoever is checked in has one, and whoever was given a slip of paper at the door. The browser makes
a random pass, blinds it, and has it signed once (RFC 9474). What is supported or
voted is sent with the pass and without a cookie, and of the pass only SHA-256(pass ‖ thing) is
kept: one hash for each question or poll, which cannot be joined with another thing's.
"""

import hashlib
from typing import Final
from uuid import UUID

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)
from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.ballots import blind
from dialog.core.errors import RefusedError
from dialog.meetings import steps
from dialog.meetings.live_models import MeetingKey, MeetingPass, MeetingSlip
from dialog.meetings.models import Meeting, MeetingInvitation

BITS: Final = 2048
PASS_BYTES: Final = blind.PREFIX_LENGTH + 32


def public_key(session: Session, *, meeting: Meeting) -> bytes:
    """The meeting's public key (SubjectPublicKeyInfo, DER); made when it is first asked for."""
    return bytes(_key(session, meeting).public_key)


def issue(session: Session, *, meeting: Meeting, person_id: UUID, blinded: bytes) -> bytes:
    """Sign what the browser of somebody who is checked in has blinded. The same again gets the same
    signature; another is refused, for everybody has one pass. Raises RefusedError.
    """
    steps.hold(session, meeting=meeting)
    asked = session.get(MeetingInvitation, (meeting.id, person_id))
    if asked is None or asked.came_at is None:
        raise RefusedError(_("Checka in först. Passet lämnas ut till den som är incheckad."))
    row = session.get(MeetingPass, (meeting.id, person_id))
    if row is None:
        row = MeetingPass(meeting_id=meeting.id, person_id=person_id, blinded_hash="")
    taken = _("Du har redan öppnat mötesrummet i en annan webbläsare. Rösta och stötta där.")
    return _signed(session, row, meeting=meeting, blinded=blinded, taken=taken)


def issue_for_slip(session: Session, *, slip: MeetingSlip, blinded: bytes) -> bytes:
    """The same for whoever holds a slip: each is good for one pass."""
    meeting = session.get_one(Meeting, slip.meeting_id)
    steps.hold(session, meeting=meeting)
    session.refresh(slip)
    taken = _("Lappen är redan använd i en annan webbläsare. Be om en ny vid dörren.")
    return _signed(session, slip, meeting=meeting, blinded=blinded, taken=taken)


def _signed(
    session: Session,
    row: MeetingPass | MeetingSlip,
    *,
    meeting: Meeting,
    blinded: bytes,
    taken: str,
) -> bytes:
    digest = hashlib.sha256(blinded).hexdigest()
    if row.blinded_hash not in {"", digest}:
        raise RefusedError(taken)
    private = load_der_private_key(_key(session, meeting).private_key, password=None)
    assert isinstance(private, rsa.RSAPrivateKey)
    try:
        signature = blind.blind_sign(blind.Signer.of(private), blinded)
    except blind.BlindError:
        raise RefusedError(_("Det gick inte att läsa det som skickades.")) from None
    row.blinded_hash = digest
    session.add(row)
    session.flush()
    return signature


def mark(
    session: Session, *, meeting: Meeting, thing_id: UUID, pass_: bytes, signature: bytes
) -> str:
    """What is kept of a pass with one thing: SHA-256(pass ‖ thing), hex. Raises RefusedError if it
    is no pass of this meeting.
    """
    kept = session.get(MeetingKey, meeting.id)
    if kept is None or len(pass_) != PASS_BYTES or not _is_signed(kept, pass_, signature):
        raise RefusedError(_("Ditt pass till mötet gäller inte. Ladda om sidan."))
    return hashlib.sha256(pass_ + thing_id.bytes).hexdigest()


def _is_signed(kept: MeetingKey, pass_: bytes, signature: bytes) -> bool:
    try:
        public = load_der_public_key(kept.public_key)
    except (ValueError, UnsupportedAlgorithm):
        return False
    return isinstance(public, rsa.RSAPublicKey) and blind.verify(public, pass_, signature)


def _key(session: Session, meeting: Meeting) -> MeetingKey:
    if (kept := session.get(MeetingKey, meeting.id)) is not None:
        return kept
    steps.hold(session, meeting=meeting)
    if (kept := session.get(MeetingKey, meeting.id, populate_existing=True)) is not None:
        return kept
    private = rsa.generate_private_key(public_exponent=65_537, key_size=BITS)
    public = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    secret = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    kept = MeetingKey(meeting_id=meeting.id, private_key=secret, public_key=public)
    session.add(kept)
    session.flush()
    return kept
