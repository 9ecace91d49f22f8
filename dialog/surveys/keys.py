"""The secret keys of surveys, in files of DIALOG_KEYS: never in a database, never in its backups.

A round has two: the one that signs tokens, and the one that its ballots are sealed to. The second
is destroyed when the ballots have been opened; with it gone, no copy of a ballot can be read.
"""

from functools import cache
from pathlib import Path
from typing import cast
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from flask_babel import gettext as _

from dialog.core.ballots.blind import Signer
from dialog.core.errors import RefusedError
from dialog.people.keys import secret_file
from dialog.settings import Settings
from dialog.storage.files import create_once, erase
from dialog.storage.signed_files import Side

TOKEN_BITS = 2048


class LostKeyError(RefusedError):
    """A round's key is not where it should be."""


def link_key(settings: Settings) -> bytes:
    """32 bytes that make the secrets of links and codes."""
    return _link_key(settings.keys)


@cache  # asked for at every answer, and never changed while a process runs
def _link_key(folder: Path) -> bytes:
    return secret_file(folder / "link")


def side(settings: Settings) -> Side:
    """The staff application's side of the exchange folder."""
    return Side(name="staff", other="box", folder=settings.exchange, keys=settings.keys)


def make(settings: Settings, *, round_id: UUID) -> None:
    """Make the round's two keys, unless it has them. They are on disk when this returns."""
    if not _token(settings, round_id).exists():
        token = rsa.generate_private_key(public_exponent=65537, key_size=TOKEN_BITS)
        create_once(_token(settings, round_id), _pem(token))
    if not _ballot(settings, round_id).exists():
        create_once(_ballot(settings, round_id), _pem(ec.generate_private_key(ec.SECP256R1())))


def token_key(settings: Settings, *, round_id: UUID) -> rsa.RSAPrivateKey:
    """The key that signs the round's tokens. Raises LostKeyError."""
    return cast("rsa.RSAPrivateKey", _load(_token(settings, round_id)))


def signer(settings: Settings, *, round_id: UUID) -> Signer:
    """The token key, ready for signing. Raises LostKeyError."""
    return Signer.of(token_key(settings, round_id=round_id))


def ballot_key(settings: Settings, *, round_id: UUID) -> ec.EllipticCurvePrivateKey:
    """The key that the round's ballots are sealed to. Raises LostKeyError."""
    return cast("ec.EllipticCurvePrivateKey", _load(_ballot(settings, round_id)))


def destroy(settings: Settings, *, round_id: UUID) -> None:
    """Overwrite and remove the round's keys. Doing it again changes nothing."""
    erase(_ballot(settings, round_id))
    erase(_token(settings, round_id))


def _token(settings: Settings, round_id: UUID) -> Path:
    return settings.keys / "rounds" / f"{round_id}.token.pem"


def _ballot(settings: Settings, round_id: UUID) -> Path:
    return settings.keys / "rounds" / f"{round_id}.ballot.pem"


def _pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _load(path: Path) -> object:
    try:
        return load_pem_private_key(path.read_bytes(), password=None)
    except (FileNotFoundError, ValueError):
        raise LostKeyError(_("Omgångens nyckel saknas. Utan den kan svaren inte läsas.")) from None
