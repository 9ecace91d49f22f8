"""What the columns of an XLSForm mean: their headings, older names for them, and languages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pyxform import aliases

Language = Literal["sv", "en"]
TRANSLATED = frozenset({"label", "hint"})
_LANGUAGES: dict[Language, frozenset[str]] = {
    "sv": frozenset({"sv", "sv-se", "swe", "swedish", "svenska"}),
    "en": frozenset({"en", "en-gb", "en-us", "eng", "english", "engelska"}),
}
_FLAT = {"bind": "", "control": "", "instance": "instance::", "media": "media::"}


@dataclass(frozen=True)
class Column:
    """`key` is the XLSForm specification's own name of the column, `language` what stands after
    the colons of a translated one.
    """

    heading: str
    key: str
    language: str = ""


def columns(sheet: str, headings: Iterable[str]) -> dict[str, Column]:
    """The columns of `survey`, `choices` or `settings` by heading."""
    known = list(headings)
    double = any("::" in heading for heading in known)
    return {heading: _column(sheet, heading, double=double) for heading in known}


def language_of(name: str) -> Language | None:
    """Which of our languages "Svenska (sv)", "English" or "en" is."""
    words = set(re.split(r"[\s()]+", name.casefold())) - {""}
    for language, names in _LANGUAGES.items():
        if words & names:
            return language
    return None


def _column(sheet: str, heading: str, *, double: bool) -> Column:
    parts = [part.strip() for part in heading.split("::" if double else ":")]
    if not double and "jr" in parts[:-1]:  # jr:count and its like are one word
        place = parts.index("jr")
        parts[place : place + 2] = [f"jr:{parts[place + 1]}"]
    first = _plain(parts[0])
    meant = _aliases(sheet).get(first, first)
    names = [*meant, *parts[1:]] if isinstance(meant, tuple) else [meant, *parts[1:]]
    if names[0] in TRANSLATED and len(names) > 1:
        return Column(heading, names[0], "::".join(names[1:]))
    if names[0] in _FLAT and len(names) > 1:
        flat = _FLAT[names[0]] + names[1]
        return Column(heading, flat, "::".join(names[2:]))
    return Column(heading, "::".join(names))


def _plain(word: str) -> str:
    return "_".join(word.split()).lower()


def _aliases(sheet: str) -> dict[str, str | tuple[str, ...]]:
    if sheet == "settings":
        return {"set_form_title": "form_title", "title": "form_title"}
    if sheet == "choices":
        # pyxform's own name is "list name", with a space; ours is the specification's.
        return {**aliases.list_header, "list_name": "list_name"}
    return dict(aliases.survey_header)
