"""Two texts side by side: which lines are the same, which changed, and which words in them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final

SAME, CHANGED, ADDED, REMOVED = "same", "changed", "added", "removed"
_WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    text: str
    differs: bool


@dataclass(frozen=True)
class Row:
    """A line of each text (None: it is not in that one); `kind` is one of the four words above."""

    kind: str
    left: tuple[Piece, ...] | None
    right: tuple[Piece, ...] | None


@dataclass(frozen=True)
class Compared:
    heading: str
    rows: tuple[Row, ...]

    @property
    def is_same(self) -> bool:
        return all(row.kind == SAME for row in self.rows)


def sections(
    left: Sequence[Mapping[str, str]], right: Sequence[Mapping[str, str]]
) -> list[Compared]:
    """Section by section, in the order of the right version; what was taken out comes last."""
    before, after = ({each["id"]: each for each in side} for side in (left, right))
    order = [*after, *(key for key in before if key not in after)]
    return [
        Compared(
            (after.get(key) or before[key])["heading"],
            tuple(rows(_lines(before.get(key)), _lines(after.get(key)))),
        )
        for key in order
    ]


def _lines(section: Mapping[str, str] | None) -> list[str]:
    if section is None:
        return []
    lines = section["heading"], section["outcome"], *section["text"].split("\n")
    return [line for line in lines if line]


def texts(left: str, right: str) -> list[Row]:
    """Two texts of one section."""
    return list(rows(*(list(filter(None, text.split("\n"))) for text in (left, right))))


def rows(left: Sequence[str], right: Sequence[str]) -> Iterator[Row]:
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        for one, other in zip_longest(left[a:b], right[c:d]):
            if kind == "equal":
                yield Row(SAME, (Piece(one, differs=False),), (Piece(other, differs=False),))
            elif one is None:
                yield Row(ADDED, None, (Piece(other, differs=True),))
            elif other is None:
                yield Row(REMOVED, (Piece(one, differs=True),), None)
            else:
                yield Row(CHANGED, *_words(one, other))


def _words(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    a, b = _WORDS.findall(left), _WORDS.findall(right)
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    one = [Piece("".join(a[i:j]), kind != "equal") for kind, i, j, _c, _d in codes if i < j]
    other = [Piece("".join(b[c:d]), kind != "equal") for kind, _i, _j, c, d in codes if c < d]
    return tuple(one), tuple(other)
