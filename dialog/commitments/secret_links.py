"""The secret of a subscription: made from a key file and a number, kept nowhere in clear.

The database holds a random number and the SHA-256 of the secret; whoever has a copy of it can
neither confirm nor end a subscription.
"""

import base64
import hashlib
import hmac
from pathlib import Path
from typing import Final

from sqlmodel import Session, select

from dialog.commitments.models import CommitmentFollower
from dialog.people.keys import secret_file
from dialog.settings import Settings

SECRET_BYTES: Final = 20


def follow_key(folder: Path) -> bytes:
    """The key of the secrets, from DIALOG_KEYS."""
    return secret_file(folder / "commitment-follow")


def secret_of(follower: CommitmentFollower, *, key: bytes) -> str:
    """32 small letters and digits (160 bits)."""
    message = b"commitment follower\0" + follower.id.bytes + follower.nonce.encode()
    digest = hmac.new(key, message, hashlib.sha256).digest()[:SECRET_BYTES]
    return base64.b32encode(digest).decode().lower()


def address(follower: CommitmentFollower, *, settings: Settings) -> str:
    """The page where the subscription is confirmed or ended."""
    secret = secret_of(follower, key=follow_key(settings.keys))
    return f"{settings.base_url}/ni-sa-vi-gjorde/folj/{secret}"


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def find(session: Session, *, secret: str, hold: bool = False) -> CommitmentFollower | None:
    """The subscription with this secret; with `hold` nobody else changes it meanwhile."""
    query = select(CommitmentFollower).where(CommitmentFollower.secret_hash == digest(secret))
    return session.exec(query.with_for_update() if hold else query).first()
