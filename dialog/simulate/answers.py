"""Invented answers to any questionnaire: seeded, plausible, and allowed by its conditions."""

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from dialog.core import conditions
from dialog.core.questionnaire import (
    DECLINED,
    UNKNOWN,
    Item,
    Kind,
    Option,
    Question,
    Questionnaire,
    items_of,
)

SKIPPED = 0.04  # item non-response, as in staff surveys of this size
NO_COMMENT = 0.6
DAY_ZERO = date(2026, 1, 1)
COMMENTS = (
    "Vi har bra stämning i gruppen men svårt att få gehör längre upp.",
    "Det går att prata om fel här, och det är min chef som gör det möjligt.",
    "Jag har slutat föreslå saker eftersom ingenting händer med förslagen.",
    "Mötena är för korta för att hinna ta upp det som är svårt.",
    "Vi fick aldrig veta varför beslutet blev som det blev.",
    "Utbildningen kom för sent och stödet var svårt att nå på kvällar och helger.",
    "Kollegorna ställde upp för varandra, det fungerade bäst av allt.",
    "Det borde finnas tid avsatt för att gå igenom det som har gått fel.",
)


def invent(
    questionnaire: Questionnaire,
    *,
    level: str,
    leaning: float,
    rng: random.Random,
    planted: str = "",
) -> dict[str, Any]:
    """One respondent's answers by item. `leaning` is how content they are, 0 to 1. `planted` is
    put into every text they write, so that an attacker's success can be counted.
    """
    turned = {name for scale in questionnaire.scales for name in scale.reversed}
    answers: dict[str, Any] = {}
    for section in questionnaire.sections:
        for question in section.questions:
            if question.name not in conditions.shown(questionnaire, answers, level):
                continue
            for item in items_of(question):
                share = 1 - leaning if item.name in turned else leaning
                value = _value(item, question, share, rng, planted)
                if value is not None:
                    answers[item.name] = value
    return answers


def _value(item: Item, question: Question, share: float, rng: random.Random, planted: str) -> Any:
    if not question.required and rng.random() < SKIPPED:
        missing = [
            word for word, may in ((UNKNOWN, item.unknown), (DECLINED, item.declined)) if may
        ]
        return rng.choice([*missing, None])
    return _MAKERS[item.kind](item, question, share, rng, planted)


def _single(item: Item, _q: Question, share: float, rng: random.Random, _p: str) -> str:
    return _lean(item.options, share, rng).name


def _lean(options: tuple[Option, ...], share: float, rng: random.Random) -> Option:
    """An option near `share` of the way from the first to the last."""
    place = rng.gauss(share, 0.22) * (len(options) - 1)
    return options[min(len(options) - 1, max(0, round(place)))]


def _multiple(item: Item, _q: Question, _s: float, rng: random.Random, _p: str) -> list[str]:
    chosen = [option.name for option in item.options if rng.random() < 0.3]  # noqa: PLR2004 - a third
    return chosen or [rng.choice(item.options).name]


def _number(item: Item, question: Question, share: float, rng: random.Random, _p: str) -> int:
    low = item.low if item.low is not None else 0
    high = item.high if item.high is not None else low + 100
    if question.kind is Kind.NUMBER:
        return rng.randint(low, high)
    return min(high, max(low, round(rng.gauss(low + share * (high - low), (high - low) / 5))))


def _date(_i: Item, _q: Question, _s: float, rng: random.Random, _p: str) -> str:
    return (DAY_ZERO + timedelta(days=rng.randrange(300))).isoformat()


def _text(_i: Item, question: Question, _s: float, rng: random.Random, planted: str) -> str | None:
    if not planted and not question.required and rng.random() < NO_COMMENT:
        return None
    words = f"{rng.choice(COMMENTS)} {planted}".strip()
    return words[: question.max_length] if question.max_length else words


_MAKERS: Mapping[Kind, Callable[[Item, Question, float, random.Random, str], Any]] = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.SCALE: _number,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.SHORT: _text,
    Kind.LONG: _text,
}
