"""Sessions stand in the database: they grow old, their owner sees them, and they can be ended."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.people.models import Person, Role, RoleGrant, SignIn
from dialog.storage.clock import now

IDLE: Final = timedelta(hours=2)  # without a request
LONGEST: Final = timedelta(hours=12)  # in all: a long shift
NOTE_AFTER: Final = timedelta(minutes=5)  # how exactly "last seen" is kept
HANDLE_LENGTH: Final = 16


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def handle(row: SignIn) -> str:
    """What a session is called on its owner's page; no use as a cookie."""
    return row.token_hash[:HANDLE_LENGTH]


def begin(session: Session, *, person_id: UUID, device: str) -> str:
    """Start a session and give its token, which is kept nowhere but in the cookie. Sessions that
    have grown old, anybody's, are removed.
    """
    moment = now()
    session.exec(
        sa.delete(SignIn).where(
            sa.or_(
                col(SignIn.seen_at) < moment - IDLE,
                col(SignIn.started_at) < moment - LONGEST,
            )
        )
    )
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            token_hash=token_hash(token),
            person_id=person_id,
            started_at=moment,
            seen_at=moment,
            device=device[:100],
        )
    )
    session.flush()
    return token


def find(session: Session, *, token: str) -> tuple[SignIn, Person, frozenset[Role]] | None:
    """The living session with this token, whose it is and what roles they have: one statement."""
    rows = session.exec(
        select(SignIn, Person, RoleGrant.role)
        .join(Person, col(Person.id) == col(SignIn.person_id))
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id), isouter=True)
        .where(SignIn.token_hash == token_hash(token), Person.active, *_living(now()))
    ).all()
    if not rows:
        return None
    return rows[0][0], rows[0][1], frozenset(Role(row[2]) for row in rows if row[2])


def of_person(session: Session, *, person_id: UUID) -> list[SignIn]:
    """The person's living sessions, the latest first."""
    return list(
        session.exec(
            select(SignIn)
            .where(SignIn.person_id == person_id, *_living(now()))
            .order_by(col(SignIn.seen_at).desc())
        )
    )


def note_seen(session: Session, *, token: str) -> None:
    session.exec(
        sa.update(SignIn).where(col(SignIn.token_hash) == token_hash(token)).values(seen_at=now())
    )


def is_worth_noting(row: SignIn) -> bool:
    return row.seen_at < now() - NOTE_AFTER


def end(session: Session, *, token: str) -> None:
    session.exec(sa.delete(SignIn).where(col(SignIn.token_hash) == token_hash(token)))


def end_one(session: Session, *, person_id: UUID, called: str) -> int:
    """End one of the person's own sessions; how many ended (0 or 1)."""
    mine = [row for row in of_person(session, person_id=person_id) if handle(row) == called]
    for row in mine:
        session.delete(row)
    return len(mine)


def end_all(session: Session, *, person_id: UUID, but: str = "") -> int:
    """End every session of a person, or every one but that with the token `but`."""
    result = session.exec(
        sa.delete(SignIn).where(
            col(SignIn.person_id) == person_id, col(SignIn.token_hash) != token_hash(but)
        )
    )
    return int(result.rowcount)


def _living(moment: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (col(SignIn.seen_at) >= moment - IDLE, col(SignIn.started_at) >= moment - LONGEST)
