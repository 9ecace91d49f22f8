"""The words by which a text is found: by their stems, and for phrases as they are written, each
alone and each with the next.

Stems are those of Snowball's Swedish algorithm (snowballstem.org).
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

import snowballstemmer

LONGEST: Final = 60  # characters of a word that are kept
AT_MOST: Final = 10  # words of a search, and of its phrases
_WORD: Final = re.compile(r"[^\W_]+")
_PHRASE: Final = re.compile(r'["”“]([^"”“]+)["”“]')
_stemmer: Final = snowballstemmer.stemmer("swedish")


def kept(texts: Iterable[str]) -> set[str]:
    """By what a line with these texts is found."""
    found: set[str] = set()
    for text in texts:
        words = _written(text)
        found.update(_stem(each) for each in words)
        found.update(_as_written(words))
    return found


def asked(text: str) -> set[str]:
    """What a line has to be kept under for a search to find it: the stem of each word, and of a
    "phrase" each word as it is written with the one that follows.
    """
    found = {_stem(each) for each in _written(text)[:AT_MOST]}
    for phrase in phrases(text):
        found.update(_as_written(_written(phrase)[:AT_MOST]))
    return found


def phrases(text: str) -> list[str]:
    """What stands in quotation marks."""
    return _PHRASE.findall(text)


def _written(text: str) -> list[str]:
    return [each[:LONGEST] for each in _WORD.findall(text.casefold())]


def _stem(word: str) -> str:
    stem: str = _stemmer.stemWord(word)
    return stem


def _as_written(words: list[str]) -> set[str]:
    """Told from stems by the mark before them."""
    pairs = (f'"{one} {next_}' for one, next_ in pairwise(words))
    return {f'"{each}' for each in words} | set(pairs)
