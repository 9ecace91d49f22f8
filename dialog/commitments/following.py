"""Following by mail: asked for with an address, confirmed and ended by a secret link.

Whether an address follows is told to nobody: asking answers the same and sends a mail either way.
An address is kept for this alone, and deleted when it is no longer wanted or was never confirmed.
"""

import secrets
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from dialog.commitments import news, secret_links, subjects
from dialog.commitments.models import CommitmentFollower
from dialog.desk import Desk, Duty, Finish
from dialog.storage import letters, outbox
from dialog.storage.clock import today
from dialog.storage.scrubbing import scrub

KIND: Final = "mail.follow"
CONFIRM_WITHIN: Final = timedelta(days=7)


def ask(session: Session, *, email: str, what: str, language: str, key: bytes) -> None:
    """Send a mail with the secret link: to confirm, or to one who follows already to say so."""
    found = _of(session, email, what) or _new(session, email, what, language, key)
    if not found.confirmed:
        found.asked_on, found.language = today(), language
        session.add(found)
    outbox.put(session, kind=KIND, key=f"{KIND}:{uuid4()}", payload={"follower": str(found.id)})


def _of(session: Session, email: str, what: str) -> CommitmentFollower | None:
    query = select(CommitmentFollower).where(
        CommitmentFollower.email == email, CommitmentFollower.what == what
    )
    return session.exec(query.with_for_update()).first()


def _new(session: Session, email: str, what: str, language: str, key: bytes) -> CommitmentFollower:
    made = CommitmentFollower(
        id=uuid4(),
        email=email,
        what=what,
        language=language,
        nonce=secrets.token_hex(16),
        secret_hash="",
        asked_on=today(),
    )
    made.secret_hash = secret_links.digest(secret_links.secret_of(made, key=key))
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:  # asked for twice at once
        found = _of(session, email, what)
        assert found is not None
        return found
    return made


def confirm(session: Session, *, secret: str) -> CommitmentFollower | None:
    """Begin to follow; again changes nothing. None if the link is unknown or ended."""
    found = secret_links.find(session, secret=secret, hold=True)
    if found is not None:
        found.confirmed = True
        session.add(found)
    return found


def leave(session: Session, *, secret: str) -> None:
    """Delete the address; again changes nothing."""
    found = secret_links.find(session, secret=secret, hold=True)
    if found is not None:
        session.delete(found)


def send(desk: Desk, duty: Duty) -> Finish | None:
    """Mail the secret link, if it is still wanted. Twice is harmless."""
    with desk.reading() as session:
        follower = session.get(CommitmentFollower, UUID(str(duty.payload["follower"])))
        if follower is None:
            return None
        written = (
            letters.templates("dialog.commitments", "templates/commitments")
            .get_template("follow.txt")
            .render(
                language=follower.language,
                confirmed=follower.confirmed,
                name=subjects.name_of(session, what=follower.what),
                page=secret_links.address(follower, settings=desk.settings),
                days=CONFIRM_WITHIN.days,
            )
        )
    message = news.to_follower(written, follower, settings=desk.settings)
    return news.deliver(desk, message, follower=follower)


def forget_unconfirmed(desk: Desk) -> None:
    """Delete addresses that nobody confirmed in a week."""
    old = sa.and_(
        col(CommitmentFollower.confirmed).is_(False),
        col(CommitmentFollower.asked_on) < today() - CONFIRM_WITHIN,
    )
    with desk.reading() as session:
        if session.exec(select(CommitmentFollower.id).where(old).limit(1)).first() is None:
            return
    with desk.writing() as session:
        session.connection().execute(sa.delete(CommitmentFollower).where(old))
        session.commit()
    scrub(desk.engine, "commitment_follower")
