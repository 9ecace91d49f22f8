"""Words of many, counted together: what is the same word, how often it was written, how large."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

SIZES: Final = 6
_EDGES: Final = " .,;:!?\"'()[]-\u2013\u2026"


@dataclass(frozen=True)
class Word:
    key: str
    text: str  # as most wrote it
    number: int  # who wrote it
    size: int  # 1 to SIZES


@dataclass(frozen=True)
class Cloud:
    """The words that are shown, the most written first, and how many were hidden."""

    words: list[Word]
    hidden: int


def clean(text: str) -> str:
    """A word as it is kept: signs that are not seen, spaces and points around it are gone."""
    seen = "".join(
        " " if sign.isspace() else sign
        for sign in unicodedata.normalize("NFC", text)
        if sign.isspace() or not unicodedata.category(sign).startswith("C")
    )
    return " ".join(seen.split()).strip(_EDGES)


def key(word: str) -> str:
    """Equal for what is the same word, whatever its case and spaces."""
    return unicodedata.normalize("NFC", " ".join(word.split()).casefold())


def cloud(written: Iterable[Collection[str]], *, hidden: Collection[str] = ()) -> Cloud:
    """Count what each has written, each word of theirs once. `hidden` holds keys. The same words
    give the same cloud, in whatever order they came.
    """
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    for theirs in written:
        for each, word in {key(word): word for word in sorted(theirs)}.items():
            spelt[each][word] += 1
    shown = {each: spellings for each, spellings in spelt.items() if each not in set(hidden)}
    numbers = {each: spellings.total() for each, spellings in shown.items()}
    low, high = min(numbers.values(), default=0), max(numbers.values(), default=0)
    words = [
        Word(
            key=each,
            text=min(spellings, key=lambda text: (-spellings[text], text)),
            number=numbers[each],
            size=_size(numbers[each], low, high),
        )
        for each, spellings in shown.items()
    ]
    return Cloud(sorted(words, key=lambda word: (-word.number, word.key)), len(spelt) - len(shown))


def _size(number: int, low: int, high: int) -> int:
    return SIZES // 2 if low == high else 1 + round((SIZES - 1) * (number - low) / (high - low))
