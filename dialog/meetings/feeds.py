"""Somebody's own calendar: a secret address that holds their meetings, until they end it."""

import secrets
from hashlib import sha256
from uuid import UUID

from sqlmodel import Session, select

from dialog.meetings.models import CalendarFeed
from dialog.storage.clock import now


def make(session: Session, *, person_id: UUID) -> str:
    """A new secret for the address; one there was before is worth nothing from now on. It is shown
    once: only its SHA-256 is kept.
    """
    secret = secrets.token_urlsafe(32)
    row = session.get(CalendarFeed, person_id)
    if row is None:
        row = CalendarFeed(person_id=person_id, secret_hash=_hash(secret))
    row.secret_hash, row.made_at = _hash(secret), now()
    session.add(row)
    session.flush()
    return secret


def end(session: Session, *, person_id: UUID) -> None:
    row = session.get(CalendarFeed, person_id)
    if row is not None:
        session.delete(row)


def whose(session: Session, *, secret: str) -> UUID | None:
    """Whose calendar a secret opens; None for no secret of anybody's."""
    query = select(CalendarFeed.person_id).where(CalendarFeed.secret_hash == _hash(secret))
    return session.exec(query).first()


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
