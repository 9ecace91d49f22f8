"""The text that attesters sign: its bytes, their hash, and what is kept of a signature.

The bytes are JSON with sorted keys and no spaces, in UTF-8 and Unicode's form NFC, so that whoever
has the text can count the hash again. A signature is HMAC-SHA256 (RFC 2104) with a key of the
server: it shows that an attestation was made by this server and has not been changed since.
"""

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

SHOWN: Final = 16  # hexadecimal digits of a short hash


def plain(text: str) -> str:
    """Text as it is kept: one kind of line break, one spelling of each letter, no space at ends,
    and nothing that controls a machine, which PostgreSQL and PDF would not take.
    """
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    lines = "".join(
        sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc"
    ).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def digest(title: str, number: int, sections: Sequence[Mapping[str, str]]) -> str:
    """SHA-256 in hexadecimal of version `number` of a text."""
    written = json.dumps(
        {"title": title, "version": number, "sections": [dict(each) for each in sections]},
        ensure_ascii=False, sort_keys=True, separators=(",", ":"),
    )  # fmt: skip
    return hashlib.sha256(unicodedata.normalize("NFC", written).encode()).hexdigest()


def short(text_hash: str) -> str:
    """The first digits in groups, to be read aloud: "1f0c 77aa 93d2 4b01"."""
    return " ".join(text_hash[at : at + 4] for at in range(0, SHOWN, 4))


def signature(key: bytes, *, text_hash: str, what: UUID, who: UUID, at: datetime) -> str:
    """That `who` attested the text with this hash, of the minutes `what`, at this moment."""
    said = json.dumps([text_hash, str(what), str(who), at.astimezone(UTC).isoformat()])
    return hmac.new(key, b"dialog attestation\0" + said.encode(), hashlib.sha256).hexdigest()


def holds(kept: str, key: bytes, *, text_hash: str, what: UUID, who: UUID, at: datetime) -> bool:
    made = signature(key, text_hash=text_hash, what=what, who=who, at=at)
    return hmac.compare_digest(made, kept)
