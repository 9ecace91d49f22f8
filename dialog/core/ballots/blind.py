"""Blind signatures, RFC 9474: the signer signs a token without seeing it.

The variant is RSABSSA-SHA384-PSS-Randomized. A message is prepared with 32 random bytes, encoded
by EMSA-PSS (SHA-384, MGF1 with SHA-384, salt of 48 bytes), and blinded with a random factor that
only the respondent knows. What the signer saw and what is spent later cannot be joined.
"""

import hashlib
import secrets
from dataclasses import dataclass, field

import gmpy2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from dialog.core.ballots import raw_rsa

PREFIX_LENGTH = 32
SALT_LENGTH = 48  # SHA-384's length, as the variant says
_HASH_LENGTH = 48
_PSS = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=SALT_LENGTH)


class BlindError(ValueError):
    """A message or signature that does not fit the key."""


def prepare(message: bytes) -> bytes:
    """32 random bytes before `message` (RFC 9474, 4.1 PrepareRandomize)."""
    return secrets.token_bytes(PREFIX_LENGTH) + message


def _mask(seed: bytes, length: int) -> bytes:
    """MGF1 with SHA-384 (RFC 8017, B.2.1)."""
    blocks = range(-(-length // _HASH_LENGTH))
    return b"".join(hashlib.sha384(seed + i.to_bytes(4, "big")).digest() for i in blocks)[:length]


def encode(message: bytes, *, bits: int, salt: bytes) -> bytes:
    """EMSA-PSS-ENCODE (RFC 8017, 9.1.1) of `message` for an encoding of `bits` bits."""
    length = -(-bits // 8)
    if length < _HASH_LENGTH + len(salt) + 2:
        raise BlindError("the key is too short")
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    block = bytes(length - len(salt) - _HASH_LENGTH - 2) + b"\x01" + salt
    mask = _mask(digest, len(block))
    masked = bytearray(a ^ b for a, b in zip(block, mask, strict=True))
    masked[0] &= 0xFF >> (8 * length - bits)
    return bytes(masked) + digest + b"\xbc"


def size(public: rsa.RSAPublicKey) -> int:
    """Bytes of the key's modulus, and of every blinded message and signature."""
    return -(-public.key_size // 8)


def blind(
    public: rsa.RSAPublicKey,
    prepared: bytes,
    *,
    salt: bytes | None = None,
    inverse: int | None = None,
) -> tuple[bytes, int]:
    """Blind a prepared message (RFC 9474, 4.2): the bytes for the signer, and the inverse of the
    blinding factor, which the respondent keeps. `salt` and `inverse` are given by tests only.
    """
    numbers = public.public_numbers()
    modulus = gmpy2.mpz(numbers.n)
    salt = secrets.token_bytes(SALT_LENGTH) if salt is None else salt
    encoded = encode(prepared, bits=public.key_size - 1, salt=salt)
    message = gmpy2.mpz(int.from_bytes(encoded, "big"))
    if gmpy2.gcd(message, modulus) != 1:
        raise BlindError("the message shares a factor with the key")
    while inverse is None:
        candidate = 1 + secrets.randbelow(numbers.n - 1)
        if gmpy2.gcd(candidate, modulus) == 1:
            inverse = candidate
    factor = gmpy2.invert(inverse, modulus)
    blinded = message * gmpy2.powmod(factor, numbers.e, modulus) % modulus
    return int(blinded).to_bytes(size(public), "big"), int(inverse)


@dataclass(frozen=True)
class Signer:
    """A private key made ready for signing: numbers in the form that is fastest, and OpenSSL's
    raw operation where it can be reached.
    """

    public: rsa.RSAPublicKey
    n: "gmpy2.mpz"
    e: int
    p: "gmpy2.mpz"
    q: "gmpy2.mpz"
    dp: "gmpy2.mpz"
    dq: "gmpy2.mpz"
    q_inverse: "gmpy2.mpz"
    raw: raw_rsa.Operation | None = field(default=None, compare=False, repr=False)

    @staticmethod
    def of(private: rsa.RSAPrivateKey) -> "Signer":
        numbers = private.private_numbers()
        public = numbers.public_numbers
        parts = (numbers.p, numbers.q, numbers.dmp1, numbers.dmq1, numbers.iqmp)
        p, q, dp, dq, q_inverse = (gmpy2.mpz(part) for part in parts)
        raw = raw_rsa.load(private)
        n = gmpy2.mpz(public.n)
        return Signer(private.public_key(), n, public.e, p, q, dp, dq, q_inverse, raw)


def blind_sign(signer: Signer, blinded: bytes) -> bytes:
    """Sign a blinded message (RFC 9474, 4.3): the same bytes for the same message.

    The exponentiation runs in constant time over a message blinded once more, so that its timing
    tells nothing of the key; its result is checked, so that a fault in it does not either. Both
    hold for OpenSSL as for our own arithmetic, which stands in where there is no OpenSSL.
    """
    message = gmpy2.mpz(int.from_bytes(blinded, "big"))
    if len(blinded) != size(signer.public) or not 0 < message < signer.n:
        raise BlindError("the blinded message does not fit the key")
    signature = signer.raw(blinded) if signer.raw else _signed(signer, message)
    if gmpy2.powmod(int.from_bytes(signature, "big"), signer.e, signer.n) != message:
        raise BlindError("signing failed")
    return signature


def _signed(signer: Signer, message: "gmpy2.mpz") -> bytes:
    """message^d mod n by Chinese remainders, blinded by a factor of its own."""
    factor = gmpy2.mpz(1 + secrets.randbelow(int(signer.n) - 1))
    hidden = message * gmpy2.powmod(factor, signer.e, signer.n) % signer.n
    first = gmpy2.powmod_sec(hidden % signer.p, signer.dp, signer.p)
    second = gmpy2.powmod_sec(hidden % signer.q, signer.dq, signer.q)
    joined = second + signer.q * ((first - second) * signer.q_inverse % signer.p)
    signature = joined * gmpy2.invert(factor, signer.n) % signer.n
    return int(signature).to_bytes(size(signer.public), "big")


def finalize(
    public: rsa.RSAPublicKey, prepared: bytes, blind_signature: bytes, inverse: int
) -> bytes:
    """Take the blinding off and check the signature (RFC 9474, 4.4)."""
    if len(blind_signature) != size(public):
        raise BlindError("the signature does not fit the key")
    modulus = public.public_numbers().n
    number = int.from_bytes(blind_signature, "big") * inverse % modulus
    signature = number.to_bytes(size(public), "big")
    if not verify(public, prepared, signature):
        raise BlindError("the signature is wrong")
    return signature


def verify(public: rsa.RSAPublicKey, prepared: bytes, signature: bytes) -> bool:
    """Whether `signature` is the signer's on the prepared message: RSASSA-PSS."""
    try:
        public.verify(signature, prepared, _PSS, hashes.SHA384())
    except InvalidSignature:
        return False
    return True
