"""The manifest of a round: what everybody must see alike, in canonical bytes."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
)

from dialog.core.ballots.encoding import canonical, decode, encode

VERSION = 1


@dataclass(frozen=True)
class Manifest:
    """`holders` are P-256 points, innermost first; `questionnaire` and `script` are SHA-256 in
    hex; `length` is the bytes of a padded plaintext; `box` is the ballot box's address.
    """

    round_id: UUID
    token_key: bytes  # DER, SubjectPublicKeyInfo
    holders: tuple[bytes, ...]
    questionnaire: str
    script: str
    k: int
    length: int
    box: str
    languages: tuple[str, ...]

    @cached_property
    def public_token_key(self) -> rsa.RSAPublicKey:
        key = load_der_public_key(self.token_key)
        if not isinstance(key, rsa.RSAPublicKey):
            raise ValueError("the token key is not RSA")  # noqa: TRY004 - wrong data, not a type
        return key


def spki(key: rsa.RSAPublicKey) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def dump(manifest: Manifest) -> bytes:
    """Canonical JSON: equal manifests give equal bytes."""
    return canonical(
        {
            "version": VERSION,
            "round": str(manifest.round_id),
            "token_key": encode(manifest.token_key),
            "holders": [encode(holder) for holder in manifest.holders],
            "questionnaire": manifest.questionnaire,
            "script": manifest.script,
            "k": manifest.k,
            "length": manifest.length,
            "box": manifest.box,
            "languages": list(manifest.languages),
        }
    )


def load(data: bytes) -> Manifest:
    """Raises ValueError for bytes that are not a manifest of this version."""
    try:
        read = json.loads(data)
        if read["version"] != VERSION:
            raise ValueError("a manifest of another version")
        return Manifest(
            round_id=UUID(read["round"]),
            token_key=decode(read["token_key"]),
            holders=tuple(decode(holder) for holder in read["holders"]),
            questionnaire=read["questionnaire"],
            script=read["script"],
            k=read["k"],
            length=read["length"],
            box=read["box"],
            languages=tuple(read["languages"]),
        )
    except (KeyError, TypeError, AttributeError) as wrong:
        raise ValueError("not a manifest") from wrong


def fingerprint(data: bytes) -> str:
    """A short form of a manifest's SHA-256 to print on a noticeboard: four groups of four."""
    digest = hashlib.sha256(data).hexdigest()
    return " ".join(digest[i : i + 4] for i in range(0, 16, 4))
