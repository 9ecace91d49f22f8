"""Words for what a questionnaire is made of: kinds of questions, conditions, the last change."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from dialog.core.levels import Level
from dialog.core.questionnaire import (
    DECLINED,
    LEVEL,
    UNKNOWN,
    Condition,
    Item,
    Kind,
    Questionnaire,
    Test,
    items,
)
from dialog.organisation.wording import level_name
from dialog.surveys.building.saving import Change
from dialog.surveys.models import Survey

SHORTENED = 70  # characters of a question that is quoted in another's condition


@dataclass(frozen=True)
class KindWords:
    name: Any
    use: Any  # what it is good for, in a few words


KINDS: Final[Mapping[Kind, KindWords]] = {
    Kind.SINGLE: KindWords(lazy_gettext("Ett val"), lazy_gettext("Ett av flera svar")),
    Kind.MULTIPLE: KindWords(lazy_gettext("Flera val"), lazy_gettext("Ett eller flera svar")),
    Kind.MATRIX: KindWords(lazy_gettext("Matris"), lazy_gettext("Flera påståenden med samma svar")),
    Kind.SCALE: KindWords(lazy_gettext("Skala 0–10"), lazy_gettext("Ett tal mellan två ytterord")),
    Kind.NUMBER: KindWords(lazy_gettext("Tal"), lazy_gettext("Ett antal, till exempel år")),
    Kind.DATE: KindWords(lazy_gettext("Datum"), lazy_gettext("En dag i kalendern")),
    Kind.SHORT: KindWords(lazy_gettext("Kort text"), lazy_gettext("Några ord på en rad")),
    Kind.LONG: KindWords(lazy_gettext("Lång text"), lazy_gettext("Berättelser och synpunkter")),
    Kind.INFO: KindWords(lazy_gettext("Information"), lazy_gettext("Text utan svar")),
}
OPERATIONS: Final[Mapping[str, Any]] = {
    "is": lazy_gettext("är"),
    "is_not": lazy_gettext("är inte"),
    "at_least": lazy_gettext("är minst"),
    "at_most": lazy_gettext("är högst"),
    "answered": lazy_gettext("har besvarats"),
}
HOLDS: Final[Mapping[str, Any]] = {
    **OPERATIONS,
    "is": lazy_gettext("innehåller något av"),
    "is_not": lazy_gettext("innehåller inget av"),
}


def operations(kind: Kind | None) -> Mapping[str, Any]:
    """The words for the tests that can be put on an answer; None is the respondent's level."""
    return HOLDS if kind is Kind.MULTIPLE else OPERATIONS


def value_words(item: Item | None, value: str, language: str) -> str:
    """A value of a condition as respondents read it."""
    if value == UNKNOWN:
        return str(_("vet ej"))
    if value == DECLINED:
        return str(_("vill inte svara"))
    if item is None:
        return level_name(Level(value)) if value in set(Level) else value
    for option in item.options:
        if option.name == value:
            return option.text.in_language(language)
    return value


def condition_words(questionnaire: Questionnaire, condition: Condition, language: str) -> str:
    """The condition as the end of a sentence: "”Har du …?” är Ja och nivån är Medarbetare"."""
    known = {item.name: item for item in items(questionnaire)}
    return _condition(known, condition, language)


def shortened(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= SHORTENED:
        return text
    return text[:SHORTENED].rsplit(" ", 1)[0] + " …"


def change_words(survey: Survey) -> str:
    """The last change in words, or nothing if there has been none."""
    quoted = f"”{shortened(survey.change_about)}”"
    sentences = {
        Change.DETAILS: _("Enkätens uppgifter ändrades."),
        Change.ADDED: _("%(what)s lades till.", what=quoted),
        Change.CHANGED: _("%(what)s ändrades.", what=quoted),
        Change.COPIED: _("%(what)s kopierades.", what=quoted),
        Change.MOVED: _("%(what)s flyttades.", what=quoted),
        Change.REMOVED: _("%(what)s togs bort.", what=quoted),
        Change.TRANSLATED: _("Översättningen ändrades."),
        Change.UNDONE: _("Den senaste ändringen togs tillbaka."),
    }
    return sentences.get(survey.change, "")  # type: ignore[call-overload, no-any-return]  # str


def _condition(known: Mapping[str, Item], condition: Condition, language: str) -> str:
    joint = str(_(" och ") if condition.mode == "all" else _(" eller "))
    words = [
        f"({_condition(known, part, language)})"
        if isinstance(part, Condition)
        else _test(known, part, language)
        for part in condition.parts
    ]
    return joint.join(words)


def _test(known: Mapping[str, Item], test: Test, language: str) -> str:
    item = known.get(test.item)
    if test.item == LEVEL:
        subject = _("nivån")
    elif item is None:
        subject = _("en fråga som inte finns (%(name)s)", name=test.item)
    else:
        subject = f"”{shortened(item.text.in_language(language))}”"
    if test.item == LEVEL and test.op == "is" and len(test.values) > len(Level) / 2:
        others = [level.value for level in Level if level.value not in test.values]
        names = [value_words(None, value, language) for value in others]
        return str(_("nivån är en annan än %(levels)s", levels=_(" eller ").join(names)))
    values = [value_words(item, value, language) for value in test.values]
    operation = operations(item.kind if item else None)[test.op]
    return " ".join(filter(None, [subject, str(operation), _(" eller ").join(values)]))
