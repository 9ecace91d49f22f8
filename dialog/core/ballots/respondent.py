"""What a respondent's device does, without any network: for tests, the simulator and as the
reference for the script in the browser.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dialog.core.ballots import blind, sealing
from dialog.core.ballots.encoding import canonical, decode, encode
from dialog.core.ballots.manifest import Manifest

SECRET_LENGTH: Final = 32  # a link's


@dataclass(frozen=True)
class Prepared:
    """A sealed ballot with its blinded token request; `inverse` and `prepared` stay here."""

    ballot: bytes
    prepared: bytes
    blinded: bytes
    inverse: int


def plaintext(*, unit: str, level: str, answers: Mapping[str, Any], length: int) -> bytes:
    """The answers as padded JSON of exactly `length` bytes. Raises SealError if they are longer."""
    content = {"v": 1, "unit": unit, "level": level, "answers": dict(answers)}
    return sealing.pad(canonical(content), length)


def prepare(manifest: Manifest, *, unit: str, level: str, answers: Mapping[str, Any]) -> Prepared:
    """Seal the answers and blind the hash of the sealed ballot."""
    padded = plaintext(unit=unit, level=level, answers=answers, length=manifest.length)
    ballot = sealing.seal(padded, manifest.holders, round_id=manifest.round_id)
    prepared = blind.prepare(sealing.message(ballot))
    blinded, inverse = blind.blind(manifest.public_token_key, prepared)
    return Prepared(ballot, prepared, blinded, inverse)


def issue_request(made: Prepared, *, secret: str = "") -> dict[str, str]:
    """The body for `POST /enkat/<round>/issue`, of one length however somebody came in. Without a
    secret: signed in, or by the open link.
    """
    return {"secret": padded(secret), "blinded": encode(made.blinded)}


def padded(secret: str) -> str:
    """The secret as it is sent: a typed code as long as a link's."""
    return secret.ljust(SECRET_LENGTH)


def post_request(manifest: Manifest, made: Prepared, signature: str) -> dict[str, str]:
    """The body for the ballot box, from the `signature` that issuing answered with.

    Raises BlindError if that signature is wrong.
    """
    token = blind.finalize(
        manifest.public_token_key, made.prepared, decode(signature), made.inverse
    )
    return {
        "ballot": encode(made.ballot),
        "prefix": encode(made.prepared[: blind.PREFIX_LENGTH]),
        "signature": encode(token),
    }
