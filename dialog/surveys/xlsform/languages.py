"""Which of a form's languages become Swedish and English here."""

from collections.abc import Iterable
from dataclasses import dataclass

from dialog.surveys.xlsform.columns import Column, Language, language_of


@dataclass(frozen=True)
class Languages:
    """Our language by the form's name for it (empty: a column that names none)."""

    slots: dict[str, Language]
    primary: Language
    guessed: bool  # a language that we do not have, or none at all, was taken as `primary`

    def slot(self, name: str) -> Language | None:
        return self.slots.get(name)


def languages(columns: Iterable[Column], default: str, fallback: Language) -> Languages:
    """`default` is the form's own default language, `fallback` what to take texts for that do not
    say their language. A form in none of our languages is taken as `fallback` too, to be
    translated here.
    """
    names = list(dict.fromkeys(c.language for c in columns if c.key in {"label", "hint"}))
    slots = {name: found for name in names if (found := language_of(name))}
    unnamed = language_of(default) if default else None
    guessed = False
    if "" in names:
        guessed = unnamed is None
        slots[""] = unnamed or fallback
    if not slots and names:
        guessed = True
        slots[default if default in names else names[0]] = fallback
    if unnamed in slots.values() and unnamed is not None:
        primary = unnamed
    else:
        primary = "sv" if not slots or "sv" in slots.values() else "en"
    return Languages(slots, primary, guessed)
