"""Faults of single questions and of scales."""

from collections.abc import Iterator

from dialog.core.checking.fault import Fault
from dialog.core.questionnaire import Item, Kind, Question, Scale, items_of
from dialog.core.scoring import bounds

CHOICES = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.MATRIX})
NUMBERS = frozenset({Kind.SCALE, Kind.NUMBER})
TEXTS = frozenset({Kind.SHORT, Kind.LONG})
MAX_STEPS = 21  # points of a scale: more cannot be told apart on a phone


def question_faults(question: Question) -> Iterator[Fault]:
    """Options, rows, limits, and settings that this kind of question has no use for."""
    kind, place = question.kind, question.name
    if kind in CHOICES and not question.options:
        yield Fault(place, "no_options")
    seen: set[str] = set()
    for option in question.options:
        if option.name in seen:
            yield Fault(place, "duplicate_option", {"name": option.name})
        seen.add(option.name)
    if kind is Kind.MATRIX and not question.rows:
        yield Fault(place, "no_rows")
    for item in items_of(question):
        yield from _limits(item)
    for name in _unused(question):
        yield Fault(place, "unused", {"field": name})


def _limits(item: Item) -> Iterator[Fault]:
    low, high = item.low, item.high
    if item.kind in NUMBERS and low is not None and high is not None:
        if low > high or (item.kind is Kind.SCALE and low == high):
            yield Fault(item.name, "wrong_limits")
        elif item.kind is Kind.SCALE and high - low >= MAX_STEPS:
            yield Fault(item.name, "too_many_steps")
    if item.kind in TEXTS and item.max_length < 1:
        yield Fault(item.name, "wrong_limits")


def _unused(question: Question) -> Iterator[str]:
    """Fields that are set and mean nothing for this kind of question."""
    kind = question.kind
    uses = {
        "options": kind in CHOICES,
        "rows": kind is Kind.MATRIX,
        "low": kind in NUMBERS,
        "high": kind in NUMBERS,
        "low_text": kind is Kind.SCALE,
        "high_text": kind is Kind.SCALE,
        "max_length": kind in TEXTS,
        "whole": kind is Kind.NUMBER,
    }
    if kind is Kind.INFO:
        of_items = ("help", "required", "unknown", "declined", "sensitive")
        uses |= dict.fromkeys(of_items, False)
    for name, used in uses.items():
        if not used and getattr(question, name) != Question.model_fields[name].default:
            yield name


def scale_faults(scale: Scale, known: dict[str, Item]) -> Iterator[Fault]:
    """Items that do not exist, give no number, or cannot stand beside each other."""
    if not scale.items:
        yield Fault(scale.name, "empty_scale")
    ends = set()
    for name in scale.items:
        item = known.get(name)
        if item is None:
            yield Fault(scale.name, "unknown_item", {"name": name})
            continue
        if scale.report == "score":
            limits = None if item.kind is Kind.MULTIPLE else bounds(item)
            if limits is None:
                yield Fault(scale.name, "no_numbers", {"name": name})
            ends.add(limits)
    for name in scale.reversed:
        if name not in scale.items:
            yield Fault(scale.name, "reversed_outside", {"name": name})
    if len(ends - {None}) > 1:
        yield Fault(scale.name, "mixed_ends")
    if len(set(scale.items)) < len(scale.items):
        yield Fault(scale.name, "duplicate_name", {"name": scale.name})
