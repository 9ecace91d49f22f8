"""Links to choose a password by: made from a key file and a number, kept nowhere in clear.

The database holds a random number and the SHA-256 of the secret; the secret itself is
HMAC-SHA256(key file, person and number), so the mail can be written when it is sent and neither
a table nor the outbox can be used to get in.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.people.keys import secret_file
from dialog.people.models import Account, Person
from dialog.storage.clock import now

VALID: Final = timedelta(days=7)
SAME_FOR: Final = timedelta(hours=1)  # asked for twice: both mails carry a link that works
SECRET_BYTES: Final = 16


def link_key(folder: Path) -> bytes:
    """The key of the links, from DIALOG_KEYS."""
    return secret_file(folder / "password-link")


def make_link(session: Session, *, person_id: UUID, key: bytes, anew: bool = True) -> str:
    """The secret of a link that is valid for seven days and ends the one before. Not `anew`: one
    made within the hour stays valid and is given again.
    """
    account = session.get(Account, person_id, with_for_update=True)
    if account is None:
        account = Account(person_id=person_id)
        session.add(account)
    young = account.link_expires and account.link_expires > now() + VALID - SAME_FOR
    if anew or not (account.link_nonce and young):
        account.link_nonce = secrets.token_hex(16)
        account.link_expires = now() + VALID
    secret = secret_of(account, key=key)
    account.link_hash = _digest(secret)
    session.flush()
    return secret


def secret_of(account: Account, *, key: bytes) -> str:
    """26 letters and digits (128 bits) of the link that `account` has now."""
    message = b"password link\0" + account.person_id.bytes + account.link_nonce.encode()
    digest = hmac.new(key, message, hashlib.sha256).digest()[:SECRET_BYTES]
    return base64.b32encode(digest).rstrip(b"=").decode().lower()


def grouped(secret: str) -> str:
    """The secret as it is read and typed: abcd-efgh-…"""
    return "-".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def is_valid(account: Account) -> bool:
    """Whether the account's link can still be used."""
    return bool(
        account.link_nonce
        and not account.closed
        and account.link_expires
        and account.link_expires > now()
    )


def find(session: Session, *, typed: str) -> tuple[Person, Account] | None:
    """Whose link this is; None if it is unknown, used or too old, or its owner may not sign in."""
    secret = "".join(sign for sign in typed.lower() if sign.isalnum())
    secret = secret.replace("0", "o").replace("1", "l")
    found = session.exec(
        select(Person, Account)
        .join(Account, col(Account.person_id) == col(Person.id))
        .where(Account.link_hash == _digest(secret), Person.active)
        .with_for_update()
    ).first()
    return (found[0], found[1]) if found and is_valid(found[1]) else None


def spend(account: Account) -> None:
    """A link works once."""
    account.link_nonce, account.link_hash, account.link_expires = "", "", None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
