"""Passwords: how they are kept, checked and judged."""

import base64
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import gettext as _

from dialog.core.errors import BusyError

SHORTEST: Final = 12
LONGEST: Final = 1000
AT_ONCE: Final = 2  # one hash takes 64 MiB and 0.1 s of a core
PATIENCE: Final = 10.0  # seconds that a request waits for its turn

_HASHER: Final = PasswordHasher()  # argon2id with the parameters argon2-cffi recommends
_TURNS: Final = threading.BoundedSemaphore(AT_ONCE)


def hash_password(password: str) -> str:
    """The encoded argon2id hash. Raises BusyError if many are waiting."""
    with _turn():
        return _HASHER.hash(_plain(password))


def matches(password_hash: str, password: str) -> bool:
    """Whether the password is right. An empty `password_hash` (no account, or none chosen) takes
    as long as a wrong password, so that the time tells nobody who has an account.
    """
    with _turn():
        try:
            return _HASHER.verify(password_hash or _nobody(), _plain(password))
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(password_hash)


def fault(password: str, *, email: str) -> str | None:
    """What is wrong with a new password, as a sentence; None if it will do. Length protects;
    demands for signs and digits do not (NIST SP 800-63B).
    """
    plain = _plain(password).casefold()
    if len(plain) < SHORTEST:
        return str(_("Lösenordet är för kort. Skriv minst 12 tecken, till exempel fyra ord i rad."))
    if len(plain) > LONGEST:
        return str(_("Lösenordet är för långt. Skriv högst 1 000 tecken."))
    if plain in {email.casefold(), email.casefold().partition("@")[0]}:
        return str(_("Lösenordet får inte vara din e-postadress. Välj ett annat."))
    if plain in _common() or len(set(plain)) < 4:  # noqa: PLR2004 - aaaa…, 1212…
        return str(
            _("Lösenordet är för lätt att gissa. Välj ett annat, till exempel fyra ord i rad.")
        )
    return None


@contextmanager
def _turn() -> Iterator[None]:
    if not _TURNS.acquire(timeout=PATIENCE):
        raise BusyError(_("Många loggar in just nu. Vänta en minut och försök igen."))
    try:
        yield
    finally:
        _TURNS.release()


def _plain(password: str) -> str:
    """The same bytes whatever keyboard composed the letters."""
    return unicodedata.normalize("NFKC", password)


def _nobody() -> str:
    """A hash with today's parameters that no password has."""
    salt, digest = (
        base64.b64encode(bytes(size)).rstrip(b"=").decode()
        for size in (_HASHER.salt_len, _HASHER.hash_len)
    )
    costs = f"m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
    return f"$argon2id$v=19${costs}${salt}${digest}"


@cache
def _common() -> frozenset[str]:
    """Passwords of 12 characters or more that many choose, in small letters."""
    listed = (Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line.strip() for line in listed.splitlines() if line.strip())
