"""Who has had a token signed, in a file beside the round's token key: a restored database that
has forgotten it is told again (docs/decisions/0002-backup-reconcile.md).

One line for each token: a keyed hash of whom it was for, and the hash of the request that was
signed. Without the key the file tells only how many; it is erased together with the token key.
"""

import hashlib
import hmac
import os
import re
from functools import cache
from pathlib import Path
from uuid import UUID

from dialog.people.keys import secret_file
from dialog.settings import Settings
from dialog.storage.files import create_once, erase

MARK_BYTES = 16
_LINE = re.compile(r"[0-9a-f]{32} [0-9a-f]{64}")


def begin(settings: Settings, *, round_id: UUID) -> None:
    """Start the file when the round opens: with it, none issued and a lost file are two things."""
    create_once(_file(settings, round_id), b"")


def note(settings: Settings, *, round_id: UUID, who: UUID, blinded_hash: str) -> None:
    """Write down that a token was signed, on disk when this returns: call it after the commit and
    before the signature leaves. `who` is the invitation's person_id, or its id if it has none.
    """
    line = f"\n{mark(settings, round_id=round_id, who=who)} {blinded_hash}\n".encode()
    # One write in append mode: lines of several processes never mix. A line that a power cut
    # left torn is ended by the next one's first character.
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_DSYNC
    handle = os.open(_file(settings, round_id), flags, 0o600)
    try:
        os.write(handle, line)
    finally:
        os.close(handle)


def read(settings: Settings, *, round_id: UUID) -> dict[str, str] | None:
    """The hash of the signed request by mark; None if the file is lost."""
    try:
        text = _file(settings, round_id).read_text("ascii", errors="replace")
    except FileNotFoundError:
        return None
    lines = (line for line in text.splitlines() if _LINE.fullmatch(line))
    return dict(line.split(" ") for line in lines)


def forget(settings: Settings, *, round_id: UUID) -> None:
    """Erase the file: no token can be signed any more."""
    erase(_file(settings, round_id))


def mark(settings: Settings, *, round_id: UUID, who: UUID) -> str:
    """The keyed hash that stands for somebody in one round, 32 hex digits."""
    key = _key(settings.keys)
    return hmac.digest(key, round_id.bytes + who.bytes, hashlib.sha256)[:MARK_BYTES].hex()


@cache
def _key(folder: Path) -> bytes:
    return secret_file(folder / "issued")


def _file(settings: Settings, round_id: UUID) -> Path:
    return settings.keys / "rounds" / f"{round_id}.issued"
