"""The words by which a text is found: by their stems, and for phrases as they are written, each
alone and each with the next.

Stems are those of Snowball's Swedish algorithm (snowballstem.org).
"""

import re
import threading
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

import snowballstemmer

LONGEST: Final = 60  # characters of a word that are kept
_WORD: Final = re.compile(r"[^\W_]+")
_PHRASE: Final = re.compile(r'["”“]([^"”“]+)["”“]')
_of_thread: Final = threading.local()  # a stemmer keeps the word that it works on


def kept(texts: Iterable[str]) -> set[str]:
    """By what a line with these texts is found."""
    found: set[str] = set()
    for text in texts:
        words = written(text)
        found.update(_stem(each) for each in words)
        found.update(_as_written(words))
    return found


def asked(text: str) -> set[str]:
    """What a line has to be kept under for a search to find it: the stem of each word, and of a
    "phrase" each word as it is written with the one that follows.
    """
    found = {_stem(each) for each in written(text)}
    for phrase in phrases(text):
        found.update(_as_written(phrase))
    return found


def phrases(text: str) -> list[list[str]]:
    """The words of what stands in quotation marks. Signs between them do not matter."""
    return [words for each in _PHRASE.findall(text) if (words := written(each))]


def holds(words: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether the words of a phrase follow each other among these."""
    starts = range(len(words) - len(phrase) + 1)
    return any(list(words[at : at + len(phrase)]) == list(phrase) for at in starts)


def written(text: str) -> list[str]:
    """The words of a text, in their order."""
    return [each[:LONGEST] for each in _WORD.findall(text.casefold())]


def _stem(word: str) -> str:
    stemmer = getattr(_of_thread, "stemmer", None)
    if stemmer is None:
        stemmer = _of_thread.stemmer = snowballstemmer.stemmer("swedish")
    stem: str = stemmer.stemWord(word)
    return stem


def _as_written(words: Sequence[str]) -> set[str]:
    """Told from stems by the mark before them."""
    pairs = (f'"{one} {next_}' for one, next_ in pairwise(words))
    return {f'"{each}' for each in words} | set(pairs)
