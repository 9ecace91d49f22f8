"""The expressions of XLSForm (a part of XPath 1.0), taken apart into a tree.

Only the shape is read here; what it can mean for a questionnaire is decided in meaning.py.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<string>"[^"]*"|'[^']*')
      | (?P<number>-?\d+(?:\.\d+)?|-?\.\d+)
      | \$\{\s*(?P<ref>[^}]+?)\s*\}
      | (?P<op><=|>=|!=|=|<|>)
      | (?P<word>[A-Za-z_][\w.-]*)
      | (?P<mark>[().,])
    )""",
    re.VERBOSE,
)
_QUOTES = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")  # word processors put them in
FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}
MAX_LENGTH = 5_000
MAX_DEPTH = 20


class NotUnderstoodError(ValueError):
    """The expression is more than is read here."""


@dataclass(frozen=True)
class Ref:
    """`${name}`; the empty name is `.`, the question itself."""

    name: str


@dataclass(frozen=True)
class Literal:
    """Words or a number, as text."""

    text: str
    number: bool = False


@dataclass(frozen=True)
class Call:
    """`function(arguments)`."""

    name: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True)
class Comparison:
    left: "Node"
    op: str
    right: "Node"


@dataclass(frozen=True)
class Joined:
    """Parts that must `all` or `any` hold, as they were put in brackets."""

    mode: str
    parts: tuple["Node", ...]


Node = Ref | Literal | Call | Comparison | Joined


def parse(expression: str) -> Node:
    """The tree of an expression. Raises NotUnderstoodError."""
    if len(expression) > MAX_LENGTH:
        raise NotUnderstoodError(expression)
    reader = _Reader(_tokens(expression))
    tree = reader.any_of()
    if not reader.at_end():
        raise NotUnderstoodError(expression)
    return tree


def _tokens(expression: str) -> list[tuple[str, str]]:
    text, place, found = expression.translate(_QUOTES).strip(), 0, []
    while place < len(text):
        match = _TOKEN.match(text, place)
        if not match or not match.lastgroup:
            raise NotUnderstoodError(expression)
        found.append((match.lastgroup, match.group(match.lastgroup)))
        place = match.end()
    return found


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.place, self.depth = tokens, 0, 0

    def at_end(self) -> bool:
        return self.place == len(self.tokens)

    def any_of(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise NotUnderstoodError
        tree = self._joined("or", "any", self._all_of)
        self.depth -= 1
        return tree

    def _all_of(self) -> Node:
        return self._joined("and", "all", self._comparison)

    def _joined(self, word: str, mode: str, part: Callable[[], Node]) -> Node:
        parts = [part()]
        while self._take("word", word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Joined(mode, tuple(parts))

    def _comparison(self) -> Node:
        left = self._single()
        op = self._take("op")
        return Comparison(left, op, self._single()) if op else left

    def _single(self) -> Node:
        if self._take("mark", "("):
            inside = self.any_of()
            self._need(")")
            return inside
        if (name := self._take("ref")) is not None:
            return Ref(name)
        if self._take("mark", "."):
            return Ref("")
        if (text := self._take("string")) is not None:
            return Literal(text[1:-1])
        if (number := self._take("number")) is not None:
            return Literal(number, number=True)
        if (function := self._take("word")) is not None and self._take("mark", "("):
            return Call(function, self._arguments())
        raise NotUnderstoodError

    def _arguments(self) -> tuple[Node, ...]:
        if self._take("mark", ")"):
            return ()
        found = [self.any_of()]
        while self._take("mark", ","):
            found.append(self.any_of())
        self._need(")")
        return tuple(found)

    def _take(self, kind: str, text: str | None = None) -> str | None:
        if self.at_end():
            return None
        found_kind, found = self.tokens[self.place]
        if found_kind != kind or (text is not None and found != text):
            return None
        self.place += 1
        return found

    def _need(self, mark: str) -> None:
        if self._take("mark", mark) is None:
            raise NotUnderstoodError
