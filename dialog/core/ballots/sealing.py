"""Sealing a ballot: HPKE (RFC 9180) around a plaintext of one length, a layer for each holder."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SUITE = hpke.Suite(hpke.KEM.P256, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
OVERHEAD = 65 + 16  # an encapsulated point and a tag, for each layer
MAX_LENGTH = 16_384  # bytes of a padded plaintext


class SealError(ValueError):
    """A ballot that cannot be sealed or unsealed."""


def info(round_id: UUID, layer: int) -> bytes:
    """Binds a layer to its round and place: a ballot of another round does not open."""
    return b"dialog ballot 1\0" + round_id.bytes + bytes([layer])


def pad(plaintext: bytes, length: int) -> bytes:
    """`plaintext` and spaces up to exactly `length` bytes; JSON does not mind them."""
    if len(plaintext) > length:
        raise SealError("the answers are longer than the round allows")
    return plaintext.ljust(length, b" ")


def public_bytes(key: ec.EllipticCurvePublicKey) -> bytes:
    """The key as a manifest holds it: an uncompressed point, 65 bytes."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def public_key(data: bytes) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), data)


def seal(plaintext: bytes, holders: Sequence[bytes], *, round_id: UUID) -> bytes:
    """Encrypt to each holder in turn, `holders[0]` innermost. Grows by OVERHEAD for each."""
    sealed = plaintext
    for layer, holder in enumerate(holders):
        sealed = SUITE.encrypt(sealed, public_key(holder), info=info(round_id, layer))
    return sealed


def unseal(
    sealed: bytes, private: ec.EllipticCurvePrivateKey, *, round_id: UUID, layer: int = 0
) -> bytes:
    """Take one layer off. Raises SealError for what was not sealed to this key and place."""
    try:
        return SUITE.decrypt(sealed, private, info=info(round_id, layer))
    except (InvalidTag, ValueError, TypeError) as wrong:
        raise SealError("the seal does not open") from wrong


def message(sealed: bytes) -> bytes:
    """What a ballot's token signs: SHA-256 of the sealed bytes."""
    return hashlib.sha256(sealed).digest()
