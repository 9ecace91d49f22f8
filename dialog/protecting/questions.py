"""The questionnaire of a file of responses: the one given, or one made of the values found."""

from collections.abc import Sequence

import pydantic

from dialog.core.columns import TABULATED
from dialog.core.disclosure.microdata.faults import Fault
from dialog.core.questionnaire import (
    Item,
    Kind,
    Option,
    Question,
    Questionnaire,
    Section,
    Text,
    items,
    load,
)
from dialog.protecting.reading import Responses
from dialog.protecting.wording import fault

MOST_VALUES = 200  # of one column; more are no choices


def read_questionnaire(content: bytes) -> tuple[Questionnaire | None, list[Fault]]:
    """The platform's own form (core.questionnaire), or every fault in it."""
    try:
        return load(content), []
    except pydantic.ValidationError as wrong:
        return None, [
            fault(
                "questionnaire", place=".".join(str(at) for at in one["loc"]) or "–", why=one["msg"]
            )
            for one in wrong.errors()
        ]


def make_questionnaire(
    responses: Responses, sensitive: Sequence[str]
) -> tuple[Questionnaire, list[Fault]]:
    """A single-choice question for each column, with the values found; whole numbers have their
    number as value and so a mean.
    """
    faults = [
        fault("no_sensitive", column=name) for name in sensitive if name not in responses.names
    ]
    questions = []
    for name in responses.names:
        found = {cell.strip() for cell in responses.data.column(name)} - {""}
        if len(found) > MOST_VALUES:
            faults.append(fault("too_many", 1, column=name, most=str(MOST_VALUES)))
            continue
        questions.append(_question(name, found, sensitive=name in sensitive))
    # Names are those of somebody else's file, which need not be as the platform's own.
    section = Section.model_construct(name="all", title=Text(), questions=tuple(questions))
    return Questionnaire.model_construct(title=Text(), sections=(section,)), faults


def tabulated(questionnaire: Questionnaire) -> list[Item]:
    return [item for item in items(questionnaire) if item.kind in TABULATED]


def _question(name: str, found: set[str], *, sensitive: bool) -> Question:
    whole = all(_is_whole(value) for value in found)
    ordered = sorted(found, key=int) if whole else sorted(found)
    options = tuple(
        Option.model_construct(name=value, text=Text(sv=value), value=int(value) if whole else None)
        for value in ordered
    )
    return Question.model_construct(
        name=name, kind=Kind.SINGLE, text=Text(sv=name), options=options, sensitive=sensitive
    )


def _is_whole(value: str) -> bool:
    return value.removeprefix("-").isascii() and value.removeprefix("-").isdigit()
