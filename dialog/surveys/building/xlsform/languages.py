"""Which of a form's languages become Swedish and English here."""

from collections.abc import Iterable
from dataclasses import dataclass

from dialog.surveys.building.xlsform.columns import TRANSLATED, Column, Language, language_of


@dataclass(frozen=True)
class Languages:
    """Our language by the form's name for it (empty: a column that names none)."""

    slots: dict[str, Language]
    primary: Language
    guessed: bool  # a language that we do not have, or none at all, was taken as `primary`

    def slot(self, name: str) -> Language | None:
        return self.slots.get(name)


def languages(
    survey: Iterable[Column], choices: Iterable[Column], default: str, fallback: Language
) -> Languages:
    """From the columns of both sheets. `default` is the form's own default language, `fallback`
    what to take texts for that do not say their language. A form in none of our languages is
    taken as `fallback` too, to be translated here.
    """
    asked, offered = _names(survey), _names(choices)
    slots: dict[str, Language] = {}
    for name in (*asked, *offered):
        if known := language_of(name):
            slots[name] = known
    unnamed: Language | None = language_of(default)
    guessed = False
    if "" in asked:
        guessed = unnamed is None
        slots[""] = fallback if unnamed is None else unnamed
    if asked and not any(name in slots for name in asked):
        guessed = True
        slots[default if default in asked else asked[0]] = fallback
    if "" in offered and "" not in slots:
        first = next((slots[name] for name in asked if name in slots), fallback)
        slots[""] = first if unnamed is None else unnamed
    spoken = set(slots.values())
    primary: Language = "en" if spoken == {"en"} else "sv"
    if unnamed is not None and unnamed in spoken:
        primary = unnamed
    return Languages(slots, primary, guessed)


def _names(columns: Iterable[Column]) -> list[str]:
    return list(dict.fromkeys(c.language for c in columns if c.key in TRANSLATED))
