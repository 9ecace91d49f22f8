"""A manifest's fingerprint: ten words that people can read to each other and compare.

They are the first 80 bits of the SHA-256 of its bytes. Who wants another manifest with the same
ten words has to make some 2^80 of them.
"""

import hashlib
import re
from typing import Final

from dialog.core.ballots.fingerprint_words import WORDS

COUNT: Final = 10
_PLACES: Final = {word: place for place, word in enumerate(WORDS)}
_HEX: Final = re.compile(r"[0-9a-f]{64}")
# What keyboards without å, ä and ö make of them; no two words become one.
_FOLDED: Final = {word.translate(str.maketrans("åäöé", "aaoe")): word for word in WORDS}


class FingerprintError(ValueError):
    """What was typed is no fingerprint; `word` is the one that is in no list, if it is that."""

    def __init__(self, word: str = "") -> None:
        super().__init__(word)
        self.word = word


def words(data: bytes) -> tuple[str, ...]:
    """The ten words of a manifest's bytes."""
    return tuple(WORDS[byte] for byte in hashlib.sha256(data).digest()[:COUNT])


def read(text: str) -> str:
    """What somebody typed or pasted, as the hex digits that a SHA-256 must begin with: ten words
    (20 digits) or all 64 digits. Forgives capitals, numbers and signs between words, and missing
    dots and rings. Raises FingerprintError.
    """
    plain = text.strip().lower()
    if _HEX.fullmatch(plain):
        return plain
    found = re.findall(r"[^\W\d_]+", plain)
    for word in found:
        if word not in _PLACES and word not in _FOLDED:
            raise FingerprintError(word)
    if len(found) != COUNT:
        raise FingerprintError
    return bytes(_PLACES[_FOLDED.get(word, word)] for word in found).hex()


def matches(text: str, data: bytes) -> bool:
    """Whether `text` (see `read`) is the fingerprint of `data`. Raises FingerprintError."""
    return hashlib.sha256(data).hexdigest().startswith(read(text))
