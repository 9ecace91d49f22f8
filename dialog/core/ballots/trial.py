"""A test ballot: shows that a copy of a trustee's key opens what is sealed to it.

Whoever seals it keeps only the hash of what is inside; whoever opens it answers with that hash.
"""

import hashlib
import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from dialog.core.ballots.sealing import SUITE, SealError, public_key

LENGTH = 32


def info(round_id: UUID, layer: int) -> bytes:
    """No ballot can be taken for a test, nor a test of one key for another's."""
    return b"dialog test ballot 1\0" + round_id.bytes + bytes([layer])


def make(public: bytes, *, round_id: UUID, layer: int) -> tuple[bytes, str]:
    """A sealed test for the key, and the answer that proves it opened: SHA-256 in hex."""
    content = secrets.token_bytes(LENGTH)
    sealed = SUITE.encrypt(content, public_key(public), info=info(round_id, layer))
    return sealed, hashlib.sha256(content).hexdigest()


def answer(
    sealed: bytes, private: ec.EllipticCurvePrivateKey, *, round_id: UUID, layer: int
) -> str:
    """Raises SealError if the key does not open the test."""
    try:
        content = SUITE.decrypt(sealed, private, info=info(round_id, layer))
    except (InvalidTag, ValueError, TypeError):
        raise SealError("the test does not open") from None
    return hashlib.sha256(content).hexdigest()
