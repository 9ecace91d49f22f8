"""Codes that people read off a wall or a slip of paper and type: consonants that are not mistaken.

There is no vowel, so that no word comes of it, and no Q or W, which are said as K and V are.
"""

import hashlib
import hmac
import secrets
from typing import Final

LETTERS: Final = "BCDFGHJKLMNPRSTVXZ"
GROUP: Final = 4
_SEPARATORS: Final = str.maketrans("", "", " -–—\u00a0\u2011")  # what phones make of a hyphen


def made_from(key: bytes, about: bytes, *, length: int) -> str:
    """The same code each time: nothing has to be kept."""
    number = int.from_bytes(hmac.digest(key, about, hashlib.sha256), "big")
    many = len(LETTERS)
    return "".join(LETTERS[number // many**place % many] for place in range(length))


def new(*, length: int) -> str:
    return "".join(secrets.choice(LETTERS) for _letter in range(length))


def shown(code: str) -> str:
    """For example BCDF-GHJK."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read(written: str, *, length: int) -> str | None:
    """A code as somebody typed it; None: it can be none."""
    code = written.translate(_SEPARATORS).upper()
    return code if len(code) == length and set(code) <= set(LETTERS) else None
