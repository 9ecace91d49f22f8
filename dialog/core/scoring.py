"""Scores of scales: one number per response, from the items that were answered.

The rule, from the instruments that Dialog comes with: a reversed item is turned round
(min + max - x), and the score is the mean of the answered items when at least half of the scale's
items are answered. "Vet ej", "vill inte svara", hidden and left out all count as not answered.
That half-rule for a person's mean is the common one for such scales (Fayers & Machin, Quality of
Life, ch. on missing data); a mean, unlike a sum, stays on the items' own 1-5.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dialog.core.questionnaire import Item, Questionnaire, Scale, items


@dataclass(frozen=True)
class Measured:
    """One item of a scale. `values` are its options' numbers, None where the answer is a number;
    `turn` is min + max of an item to turn round, else None.
    """

    name: str
    values: Mapping[str, int] | None
    turn: int | None


@dataclass(frozen=True)
class Rule:
    """How one scale is scored; made once, used for every response."""

    name: str
    items: tuple[Measured, ...]


def rules(questionnaire: Questionnaire) -> tuple[Rule, ...]:
    """A rule for each scale that is reported as a score.

    Raises KeyError for an item that does not exist and ValueError for one that cannot be turned
    round; `checking.faults` finds both beforehand.
    """
    known = {item.name: item for item in items(questionnaire)}
    return tuple(
        Rule(scale.name, tuple(_measured(known[name], scale) for name in scale.items))
        for scale in questionnaire.scales
        if scale.report == "score"
    )


def score(rule: Rule, answers: Mapping[str, Any]) -> float | None:
    """The score of one response (`answers` as core.answers.check gives them), None where less than
    half was answered.
    """
    given = [
        number
        for item in rule.items
        if (number := _number(item, answers.get(item.name))) is not None
    ]
    if not given or 2 * len(given) < len(rule.items):
        return None
    return sum(given) / len(given)


def scores(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> dict[str, float]:
    """The scores of one response by scale; a scale without a score is left out."""
    found = {rule.name: score(rule, answers) for rule in rules(questionnaire)}
    return {name: number for name, number in found.items() if number is not None}


def bounds(item: Item) -> tuple[int, int] | None:
    """The least and the greatest number that an item can give, None if it has none."""
    if item.options:
        numbers = [option.value for option in item.options if option.value is not None]
        return (min(numbers), max(numbers)) if numbers else None
    if item.low is None or item.high is None:
        return None
    return item.low, item.high


def ends(questionnaire: Questionnaire, scale: Scale) -> tuple[float, float]:
    """The least and greatest score that is possible."""
    known = {item.name: item for item in items(questionnaire)}
    limits = [bounds(known[name]) for name in scale.items]
    low = min((each[0] for each in limits if each), default=0)
    return float(low), float(max((each[1] for each in limits if each), default=low + 1))


def _measured(item: Item, scale: Scale) -> Measured:
    values = None
    if item.options:
        values = {o.name: o.value for o in item.options if o.value is not None}
    if item.name not in scale.reversed:
        return Measured(item.name, values, None)
    limits = bounds(item)
    if limits is None:
        raise ValueError(f"{item.name} has no ends to turn round between")
    return Measured(item.name, values, sum(limits))


def _number(item: Measured, answer: Any) -> float | None:
    if isinstance(answer, str):
        number: float | None = (item.values or {}).get(answer)
    elif isinstance(answer, int | float) and item.values is None:
        number = answer
    else:
        return None
    if number is None or item.turn is None:
        return number
    return item.turn - number
