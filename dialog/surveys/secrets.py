"""The secret of a personal link and the code to type: made from the invitation's number and a key.

Nothing of it stands in a table or an outbox, so a reminder can repeat it and a dump cannot tell it.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from uuid import UUID

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base32: no i, l, o, u
NUMBER_BITS = 30
NUMBER_CHARACTERS = 6
LINK_CHARACTERS = 26  # 130 bits
CODE_CHARACTERS = 8  # 40 bits; wrong ones are counted
_FORGIVEN = str.maketrans("ilo", "110")  # what is easily misread
_SEPARATORS = str.maketrans("", "", " -–—\u00a0\u2011")  # what phones make of a hyphen


@dataclass(frozen=True)
class Secret:
    """What somebody came with: a claim to be invitation `number`, and its proof."""

    number: int
    proof: str
    purpose: str  # "link" or "code"


def random_number() -> int:
    """A number for a new invitation."""
    return secrets.randbits(NUMBER_BITS)


def link_secret(key: bytes, *, round_id: UUID, number: int) -> str:
    """The 32 characters after # in a personal link."""
    return _written(number) + _proof(key, "link", round_id, number)


def code(key: bytes, *, round_id: UUID, number: int) -> str:
    """The code to type, as it is shown: xxxx-xxxx-xxxx-xx in capitals."""
    plain = (_written(number) + _proof(key, "code", round_id, number)).upper()
    return "-".join(plain[i : i + 4] for i in range(0, len(plain), 4))


def read(text: str) -> Secret | None:
    """What was typed or stood in a link; None if it can be neither. Forgives capitals, spaces,
    hyphens, and O, I and L for 0 and 1.
    """
    plain = text.strip().lower().translate(_SEPARATORS).translate(_FORGIVEN)
    lengths = {
        NUMBER_CHARACTERS + LINK_CHARACTERS: "link",
        NUMBER_CHARACTERS + CODE_CHARACTERS: "code",
    }
    if len(plain) not in lengths or any(character not in ALPHABET for character in plain):
        return None
    number = 0
    for character in plain[:NUMBER_CHARACTERS]:
        number = number << 5 | ALPHABET.index(character)
    return Secret(number, plain[NUMBER_CHARACTERS:], lengths[len(plain)])


def proves(key: bytes, secret: Secret, *, round_id: UUID) -> bool:
    """Whether the secret was made by us for its number in this round."""
    expected = _proof(key, secret.purpose, round_id, secret.number)
    return hmac.compare_digest(expected, secret.proof)


def _proof(key: bytes, purpose: str, round_id: UUID, number: int) -> str:
    message = purpose.encode() + round_id.bytes + number.to_bytes(4, "big")
    mac = int.from_bytes(hmac.digest(key, message, hashlib.sha256), "big")
    length = LINK_CHARACTERS if purpose == "link" else CODE_CHARACTERS
    return _base32(mac >> (256 - 5 * length), length)


def _written(number: int) -> str:
    return _base32(number, NUMBER_CHARACTERS)


def _base32(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> 5 * i & 31] for i in reversed(range(length)))
