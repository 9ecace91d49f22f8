"""A trustee's key in a file that a passphrase protects; made and read in the browser as well.

The key belongs to one round and one place in it, and the file says so; whoever changes that, or
anything else in the file, changes what the seal is bound to.
"""

import json
import secrets
import unicodedata
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from dialog.core.ballots.encoding import canonical, decode, encode
from dialog.core.ballots.recovery import check_code
from dialog.core.ballots.sealing import public_bytes, public_key

FORMAT = "dialog key 1"
KDF = "PBKDF2-SHA-256"
ITERATIONS = 600_000  # OWASP's figure for PBKDF2 with SHA-256 since 2023
MAX_ITERATIONS = 10_000_000  # a file cannot make its reader count for minutes
MIN_PASSPHRASE = 12  # characters
MAX_SIZE = 4096  # bytes of a file
SCALAR = 32


class KeyFileError(ValueError):
    """What is no key file, or a damaged one."""


class WrongPassphraseError(ValueError):
    """The file is in form, but the passphrase does not open it."""


@dataclass(frozen=True)
class KeyFile:
    """A key that is still locked. `layer` is its place in the manifest's holders, from 1."""

    round_id: UUID
    layer: int
    public: bytes  # a point, 65 bytes
    iterations: int
    salt: bytes
    iv: bytes
    sealed: bytes

    @property
    def check_code(self) -> str:
        return check_code(self.public)


def scalar(private: ec.EllipticCurvePrivateKey) -> bytes:
    return private.private_numbers().private_value.to_bytes(SCALAR, "big")


def private_key(secret: bytes) -> ec.EllipticCurvePrivateKey:
    """Raises KeyFileError for a number that is no key of the curve."""
    try:
        return ec.derive_private_key(int.from_bytes(secret, "big"), ec.SECP256R1())
    except ValueError:
        raise KeyFileError("the number is no key") from None


def name(round_id: UUID, *, place: int) -> str:
    """The name under which a key file is saved; `place` is the trustee's, from 1."""
    return f"dialog-nyckel-{str(round_id)[:8]}-{place}.json"


def lock(
    private: ec.EllipticCurvePrivateKey,
    *,
    round_id: UUID,
    layer: int,
    passphrase: str,
    salt: bytes | None = None,
    iv: bytes | None = None,
) -> bytes:
    """The content of a key file. `salt` (16 bytes) and `iv` (12 bytes) are given by tests only."""
    key = KeyFile(
        round_id=round_id,
        layer=layer,
        public=public_bytes(private.public_key()),
        iterations=ITERATIONS,
        salt=salt or secrets.token_bytes(16),
        iv=iv or secrets.token_bytes(12),
        sealed=b"",
    )
    sealed = AESGCM(_derive(key, passphrase)).encrypt(key.iv, scalar(private), _bound(key))
    return canonical({**_fields(key), "iv": encode(key.iv), "sealed": encode(sealed)})


def load(data: bytes) -> KeyFile:
    """Read a key file without opening it. Raises KeyFileError."""
    if len(data) > MAX_SIZE:
        raise KeyFileError("too long for a key file")
    try:
        fields = json.loads(data)
        kdf = fields["kdf"]
        names = (fields["format"], kdf["name"])
        key = KeyFile(
            round_id=UUID(fields["round"]),
            layer=fields["layer"],
            public=decode(fields["public"]),
            iterations=kdf["iterations"],
            salt=decode(kdf["salt"]),
            iv=decode(fields["iv"]),
            sealed=decode(fields["sealed"]),
        )
        public_key(key.public)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise KeyFileError("not a key file") from None
    lengths = (len(key.salt), len(key.iv), len(key.sealed))
    numbers_fit = (
        type(key.layer) is int
        and 1 <= key.layer <= 3  # noqa: PLR2004 - trustees one to three
        and type(key.iterations) is int
        and ITERATIONS <= key.iterations <= MAX_ITERATIONS
    )
    if names != (FORMAT, KDF):
        raise KeyFileError("a key file of another kind")
    if not numbers_fit or lengths != (16, 12, SCALAR + 16):
        raise KeyFileError("a damaged key file")
    return key


def unlock(key: KeyFile, *, passphrase: str) -> ec.EllipticCurvePrivateKey:
    """Raises WrongPassphraseError, which a change within the file's sealed part gives as well, and
    KeyFileError for a key that is not the one that the file names.
    """
    try:
        opened = AESGCM(_derive(key, passphrase)).decrypt(key.iv, key.sealed, _bound(key))
    except InvalidTag:
        raise WrongPassphraseError("the passphrase does not open the file") from None
    private = private_key(opened)
    if public_bytes(private.public_key()) != key.public:
        raise KeyFileError("the key is another than the file says")
    return private


def _fields(key: KeyFile) -> dict[str, object]:
    return {
        "format": FORMAT,
        "round": str(key.round_id),
        "layer": key.layer,
        "public": encode(key.public),
        "kdf": {"name": KDF, "iterations": key.iterations, "salt": encode(key.salt)},
    }


def _bound(key: KeyFile) -> bytes:
    """What the seal is bound to: everything in the file but the seal."""
    return canonical(_fields(key))


def _derive(key: KeyFile, passphrase: str) -> bytes:
    kdf = PBKDF2HMAC(hashes.SHA256(), length=32, salt=key.salt, iterations=key.iterations)
    return kdf.derive(unicodedata.normalize("NFKC", passphrase).encode())
