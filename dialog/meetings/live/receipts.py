"""The receipt of a question without a name: sixteen digits, of which only a hash is kept."""

import secrets
from dataclasses import dataclass
from typing import Final

from dialog.people import passwords

OPEN_DIGITS: Final = 6  # find the row; the other ten are the secret
DIGITS: Final = 16


@dataclass(frozen=True)
class Receipt:
    """`code` is shown once; `number` and `hash` are kept."""

    code: str
    number: str
    hash: str


def new() -> Receipt:
    """A new receipt. Hashing takes 0.1 s: hold no lock of the database meanwhile."""
    digits = "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
    return Receipt(
        code=" ".join(digits[at : at + 4] for at in range(0, DIGITS, 4)),
        number=digits[:OPEN_DIGITS],
        hash=passwords.hash_password(digits[OPEN_DIGITS:]),
    )


def read(written: str) -> tuple[str, str] | None:
    """The open and the secret part of a code as somebody typed it; None: not sixteen digits."""
    digits = "".join(sign for sign in written if sign in "0123456789")
    return (digits[:OPEN_DIGITS], digits[OPEN_DIGITS:]) if len(digits) == DIGITS else None
