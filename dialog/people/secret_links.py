"""Secrets of links in mail: made from a key file and a number, kept nowhere in clear.

The database holds a random number and the SHA-256 of the secret, so that the mail can be written
when it is sent and a copy of the database opens nothing.
"""

import base64
import hashlib
import hmac
from typing import Final
from uuid import UUID

SECRET_BYTES: Final = 20


def secret_of(what: bytes, *, id_: UUID, nonce: str, key: bytes) -> str:
    """32 small letters and digits (160 bits); `what` tells one kind of link from another."""
    message = what + b"\0" + id_.bytes + nonce.encode()
    digest_ = hmac.new(key, message, hashlib.sha256).digest()[:SECRET_BYTES]
    return base64.b32encode(digest_).decode().lower()


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
