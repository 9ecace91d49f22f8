"""Names of an XLSForm made into ours: lower case, a-z, 0-9 and _, each used once."""

import re
import unicodedata
from collections.abc import Iterable

_OURS = re.compile(r"[a-z][a-z0-9_]{0,39}")
_OPTION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")


# XLSForm keeps "meta" to itself; in a form that we write it goes by another name.
RESERVED = {"meta": "_dialog_meta"}
_MEANT = {theirs: ours for ours, theirs in RESERVED.items()}


def form_name(name: str) -> str:
    """The name that one of ours has in a form that we write."""
    return RESERVED.get(name, name)


class Names:
    """Hands out names. Those of the form that can stay as they are come first, so that a name
    made up for one question never takes that of another.
    """

    def __init__(self, originals: Iterable[str]) -> None:
        meant = (_MEANT.get(name, name) for name in originals)
        self._kept = {name for name in meant if _OURS.fullmatch(name)}
        self._taken: set[str] = set()

    def name(self, original: str) -> str:
        """Our name for one of the form's."""
        meant = _MEANT.get(original, original)
        if meant in self._kept and meant not in self._taken:
            self._taken.add(meant)
            return meant
        return self.new(meant)

    def new(self, like: str) -> str:
        """A name that neither the form nor we have used."""
        return self._free(plain(like), self._taken | self._kept)

    def _free(self, stem: str, avoid: set[str]) -> str:
        name, number = stem, 1
        while name in avoid:
            number += 1
            name = f"{stem[: 39 - len(str(number))]}_{number}"
        self._taken.add(name)
        return name


def option_name(original: str, taken: Iterable[str]) -> str:
    """Our name for a choice."""
    used = set(taken)
    if _OPTION.fullmatch(original) and original not in used:
        return original
    stem = re.sub(r"[^A-Za-z0-9_.-]+", "_", _ascii(original)).strip("_.-")[:36] or "svar"
    name, number = stem, 1
    while name in used:
        number += 1
        name = f"{stem}_{number}"
    return name


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def plain(text: str) -> str:
    """Lower case, a-z, 0-9 and _, beginning with a letter, at most 40 characters."""
    words = re.sub(r"[^a-z0-9_]+", "_", _ascii(text).lower()).strip("_")
    if not words or not words[0].isalpha():
        words = f"f_{words}".rstrip("_")
    return words[:40]
