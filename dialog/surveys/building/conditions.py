"""The part of a form that says when a question or a section is shown."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import FieldList, FormField, SelectField

from dialog.core.levels import Level
from dialog.core.questionnaire import (
    DECLINED,
    LEVEL,
    UNKNOWN,
    Condition,
    Item,
    Questionnaire,
    Test,
    items_of,
)
from dialog.core.scoring import bounds
from dialog.surveys.building.condition_form import (
    CONDITION,
    EQUAL,
    SIZE,
    TEXTS,
    TestForm,
    is_condition,
)
from dialog.surveys.building.fields import MOST_IN_A_LIST, choice, parts_of
from dialog.surveys.building.words import condition_words, operations, shortened, value_words


class ConditionFields:
    """Fields of a form whose part may have a condition."""

    mode = SelectField(
        _("Visa när"),
        choices=[
            choice("all", _("alla villkor stämmer")),
            choice("any", _("minst ett villkor stämmer")),
        ],
        validate_choice=False,  # not shown for a single test
    )
    tests = FieldList(FormField(TestForm), max_entries=MOST_IN_A_LIST)


def offer_tests(
    form: Any, questionnaire: Questionnaire, known: Sequence[Item], language: str
) -> None:
    """Give each test the questions, comparisons and answers that can be chosen in it."""
    by_name = {item.name: item for item in known}
    for test in parts_of(form.tests):
        test.about = by_name.get(test.item.data)
        test.item.choices = list(_item_choices(known, test.item.data, language))
        test.op.choices = [choice(op, words) for op, words in _operations(test)]
        test.values.choices = list(_value_choices(test, language))
        if test.op.data not in {each.value for each in test.op.choices}:
            test.op.data = "is"
        offered = {each.value for each in test.values.choices}
        test.values.data = [value for value in test.values.data or [] if value in offered]
        if test.kept.data and is_condition(test.kept.data):
            inner = CONDITION.validate_json(test.kept.data)
            test.kept_words = condition_words(questionnaire, inner, language)


def condition_data(condition: Condition | None) -> dict[str, Any]:
    """What the fields hold for `condition`."""
    if condition is None:
        return {"mode": "all", "tests": []}
    return {"mode": condition.mode, "tests": [_test_data(part) for part in condition.parts]}


def condition_from(form: Any) -> Condition | None:
    """The condition that a valid form says, None without tests."""
    tests = parts_of(form.tests)
    if not tests:
        return None
    parts = tuple(
        CONDITION.validate_json(test.kept.data)
        if test.kept.data
        else Test(item=test.item.data, op=test.op.data, values=test.compared())
        for test in tests
    )
    return Condition(mode="any" if form.mode.data == "any" else "all", parts=parts)


def asked_before(questionnaire: Questionnaire, name: str) -> list[Item]:
    """The items that come before the section or question `name`; all if there is none."""
    known: list[Item] = []
    for section in questionnaire.sections:
        if section.name == name:
            return known
        for question in section.questions:
            if question.name == name:
                return known
            known += items_of(question)
    return known


def _test_data(part: "Test | Condition") -> dict[str, Any]:
    if isinstance(part, Condition):
        return {"kept": CONDITION.dump_json(part).decode()}
    return {
        "item": part.item,
        "op": part.op,
        "values": list(part.values),
        "value": "; ".join(part.values),
    }


def _item_choices(known: Sequence[Item], chosen: str, language: str) -> Iterator[Any]:
    yield choice("", _("Välj fråga"))
    yield choice(LEVEL, _("Nivå (förtroendevald, chef, medarbetare …)"))
    for item in known:
        yield choice(item.name, shortened(item.text.in_language(language)) or item.name)
    if chosen and chosen != LEVEL and chosen not in {item.name for item in known}:
        yield choice(chosen, _("%(name)s (kommer inte före)", name=chosen))


def _operations(test: TestForm) -> list[tuple[str, Any]]:
    item = test.about
    allowed: tuple[str, ...] = EQUAL
    if item is not None:
        allowed = (*EQUAL, "answered")
        if item.kind not in TEXTS and not (item.options and bounds(item) is None):
            allowed = (*EQUAL, *SIZE, "answered")
    elif test.item.data and test.item.data != LEVEL:
        allowed = (*EQUAL, *SIZE, "answered")
    words = operations(item.kind if item else None)
    return [(op, words[op]) for op in allowed]


def _value_choices(test: TestForm, language: str) -> Iterator[Any]:
    values: list[str] = []
    if test.item.data == LEVEL:
        values = [level.value for level in Level]
    elif test.about and test.about.options:
        values = [option.name for option in test.about.options]
        values += [UNKNOWN] * test.about.unknown + [DECLINED] * test.about.declined
    for value in values:
        yield choice(value, value_words(test.about, value, language))
