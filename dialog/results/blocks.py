"""A questionnaire as it is read in a result: blocks of questions that share one picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

from dialog.core.columns import TABULATED
from dialog.core.questionnaire import (
    Item,
    Kind,
    Question,
    Questionnaire,
    Scale,
    Section,
    Text,
    items_of,
)

ORDERED: Final = 4  # so many options with numbers are an agreement to be drawn around its middle
STACKED: Final = 3  # so many without are drawn in one bar


class Style(StrEnum):
    SPREAD = "spread"  # ordered answers on both sides of their middle
    STACK = "stack"  # few answers in one bar
    BARS = "bars"  # a bar for each answer
    COLUMNS = "columns"  # a column for each point of 0-10
    NUMBER = "number"  # no picture


@dataclass(frozen=True)
class Block:
    """Items in one picture and table. `question` is what they have in common, if anything."""

    number: int
    section: Text
    question: Text
    items: tuple[Item, ...]
    style: Style
    ends: tuple[Text, Text] = (Text(), Text())


def blocks(questionnaire: Questionnaire) -> tuple[Block, ...]:
    """Every question that is tabulated, in the order of the form."""
    found: list[Block] = []
    for section in questionnaire.sections:
        for question, items in _together(section):
            style = _style(items[0])
            found.append(
                Block(
                    number=len(found) + 1,
                    section=section.title,
                    question=question.text if len(items) == 1 or _is_matrix(question) else Text(),
                    items=items,
                    style=style,
                    ends=(question.low_text, question.high_text),
                )
            )
    return tuple(found)


def scored(questionnaire: Questionnaire) -> tuple[Scale, ...]:
    """The scales that have a score."""
    return tuple(scale for scale in questionnaire.scales if scale.report == "score")


def _together(section: Section) -> Iterator[tuple[Question, tuple[Item, ...]]]:
    """Questions after each other with the same few answers are one block."""
    asked = [(q, i) for q in section.questions for i in items_of(q) if i.kind in TABULATED]
    for key, group in groupby(asked, key=_key):
        pairs = list(group)
        if key is not None:
            yield pairs[0][0], tuple(item for _question, item in pairs)
        else:
            yield from ((question, (item,)) for question, item in pairs)


def _key(asked: tuple[Question, Item]) -> object:
    question, item = asked
    if _is_matrix(question):
        return question.name
    return item.options if _style(item) in (Style.SPREAD, Style.STACK) else None


def _is_matrix(question: Question) -> bool:
    return question.kind is Kind.MATRIX


def _style(item: Item) -> Style:
    if item.kind is Kind.SCALE:
        return Style.COLUMNS
    if item.kind is Kind.MULTIPLE:
        return Style.BARS
    if item.kind is not Kind.SINGLE:
        return Style.NUMBER
    if len(item.options) >= ORDERED and all(option.value is not None for option in item.options):
        return Style.SPREAD
    return Style.STACK if len(item.options) <= STACKED else Style.BARS
