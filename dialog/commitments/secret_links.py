"""The secret of a subscription: a copy of the database can neither confirm nor end one."""

from pathlib import Path

from sqlmodel import Session, select

from dialog.commitments.models import CommitmentFollower
from dialog.people import secret_links
from dialog.people.keys import secret_file
from dialog.people.secret_links import digest
from dialog.settings import Settings

__all__ = ["address", "digest", "find", "follow_key", "secret_of"]


def follow_key(folder: Path) -> bytes:
    """The key of the secrets, from DIALOG_KEYS."""
    return secret_file(folder / "commitment-follow")


def secret_of(follower: CommitmentFollower, *, key: bytes) -> str:
    """32 small letters and digits (160 bits)."""
    what = b"commitment follower"
    return secret_links.secret_of(what, id_=follower.id, nonce=follower.nonce, key=key)


def address(follower: CommitmentFollower, *, settings: Settings) -> str:
    """The page where the subscription is confirmed or ended."""
    secret = secret_of(follower, key=follow_key(settings.keys))
    return f"{settings.base_url}/ni-sa-vi-gjorde/folj/{secret}"


def find(session: Session, *, secret: str, hold: bool = False) -> CommitmentFollower | None:
    """The subscription with this secret; with `hold` nobody else changes it meanwhile."""
    query = select(CommitmentFollower).where(CommitmentFollower.secret_hash == digest(secret))
    return session.exec(query.with_for_update() if hold else query).first()
