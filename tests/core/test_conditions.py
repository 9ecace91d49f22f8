"""Conditions decide what is shown, and the page in the browser must decide the same."""

from typing import Any

import pytest

from dialog.core.conditions import shown
from dialog.core.questionnaire import Questionnaire, load


def form(*questions: dict[str, Any], section: dict[str, Any] | None = None) -> Questionnaire:
    filled = [{"text": {"sv": one["name"]}, **one} for one in questions]
    part = {"name": "s", "title": {"sv": "S"}, "questions": filled, **(section or {})}
    return load({"title": {"sv": "T"}, "sections": [part]})


def when(item: str, op: str = "is", *values: str) -> dict[str, Any]:
    return {"parts": [{"item": item, "op": op, "values": list(values)}]}


YES_NO = [{"name": "yes", "text": {"sv": "Ja"}}, {"name": "no", "text": {"sv": "Nej"}}]
AB = [{"name": "a", "text": {"sv": "A"}}, {"name": "b", "text": {"sv": "B"}}]


def asked(first: dict[str, Any], condition: dict[str, Any], answers: dict[str, Any]) -> bool:
    questionnaire = form(first, {"name": "q", "kind": "short", "show_if": condition})
    return "q" in shown(questionnaire, answers, "staff")


@pytest.mark.parametrize(
    ("answers", "op", "visible"),
    [
        ({"f": "yes"}, "is", True),
        ({"f": "no"}, "is", False),
        ({}, "is", False),
        ({"f": "no"}, "is_not", True),
        ({"f": "yes"}, "is_not", False),
        ({}, "is_not", True),
        ({"f": "_declined"}, "is_not", True),
        ({"f": "no"}, "answered", True),
        ({"f": "_declined"}, "answered", False),
        ({"f": "_unknown"}, "answered", False),
        ({}, "answered", False),
    ],
)
def test_a_single_choice_is_compared_by_its_option(
    answers: dict[str, Any], op: str, *, visible: bool
) -> None:
    first = {"name": "f", "kind": "single", "options": YES_NO}
    values = () if op == "answered" else ("yes",)
    assert asked(first, when("f", op, *values), answers) is visible


def test_declining_can_be_asked_for_by_name() -> None:
    first = {"name": "f", "kind": "single", "options": YES_NO, "declined": True}
    assert asked(first, when("f", "is", "_declined"), {"f": "_declined"})


def test_of_several_choices_one_is_enough() -> None:
    first = {"name": "f", "kind": "multiple", "options": AB}
    assert asked(first, when("f", "is", "b"), {"f": ["a", "b"]})
    assert not asked(first, when("f", "is", "b"), {"f": ["a"]})
    assert not asked(first, when("f", "is_not", "b"), {"f": ["a", "b"]})
    assert not asked(first, when("f", "answered"), {"f": []})


@pytest.mark.parametrize(
    ("kind", "answer", "op", "limit", "visible"),
    [
        ("scale", 7, "at_least", "7", True),
        ("scale", 6, "at_least", "7", False),
        ("scale", 7, "at_most", "7", True),
        ("scale", 8, "at_most", "7", False),
        ("number", 2.5, "at_least", "2.5", True),
        ("number", 10, "at_least", "9", True),  # as numbers, not as text
        ("number", "_declined", "at_most", "9", False),
        ("date", "2026-10-14", "at_least", "2026-10-01", True),
        ("date", "2026-09-30", "at_least", "2026-10-01", False),
        ("date", "2026-09-30", "at_most", "2026-10-01", True),
        ("short", "9", "at_least", "1", False),
    ],
)
def test_numbers_and_dates_are_compared_by_size(
    kind: str, answer: Any, op: str, limit: str, *, visible: bool
) -> None:
    assert asked({"name": "f", "kind": kind}, when("f", op, limit), {"f": answer}) is visible


def test_a_number_is_the_same_with_and_without_its_decimal() -> None:
    assert asked({"name": "f", "kind": "number"}, when("f", "is", "3"), {"f": 3.0})


def test_options_are_compared_by_their_values_and_not_by_their_names() -> None:
    options = [
        {"name": "9", "text": {"sv": "Aldrig"}, "value": 1},
        {"name": "often", "text": {"sv": "Ofta"}, "value": 5},
        {"name": "other", "text": {"sv": "Annat"}},
    ]
    first = {"name": "f", "kind": "single", "options": options}
    assert asked(first, when("f", "at_least", "4"), {"f": "often"})
    assert not asked(first, when("f", "at_least", "4"), {"f": "9"})
    assert not asked(first, when("f", "at_most", "4"), {"f": "other"})


def test_the_level_is_asked_for_like_an_item() -> None:
    questionnaire = form({"name": "q", "kind": "short", "show_if": when("@level", "is", "staff")})
    assert shown(questionnaire, {}, "staff") == {"q"}
    assert shown(questionnaire, {}, "director") == set()


def test_all_and_any_can_stand_inside_each_other() -> None:
    condition = {
        "mode": "any",
        "parts": [
            {"parts": [*when("f", "is", "a")["parts"], *when("@level", "is", "staff")["parts"]]},
            *when("f", "is", "b")["parts"],
        ],
    }
    questionnaire = form(
        {"name": "f", "kind": "single", "options": AB},
        {"name": "q", "kind": "short", "show_if": condition},
    )
    assert "q" in shown(questionnaire, {"f": "a"}, "staff")
    assert "q" not in shown(questionnaire, {"f": "a"}, "elected")
    assert "q" in shown(questionnaire, {"f": "b"}, "elected")


def test_a_hidden_question_counts_as_unanswered_for_those_after_it() -> None:
    questionnaire = form(
        {"name": "f", "kind": "single", "options": YES_NO},
        {"name": "g", "kind": "single", "options": YES_NO, "show_if": when("f", "is", "yes")},
        {"name": "h", "kind": "short", "show_if": when("g", "is", "yes")},
    )
    assert shown(questionnaire, {"f": "yes", "g": "yes"}, "staff") == {"f", "g", "h"}
    assert shown(questionnaire, {"f": "no", "g": "yes"}, "staff") == {"f"}


def test_a_hidden_section_hides_its_questions() -> None:
    questionnaire = form(
        {"name": "q", "kind": "short"}, section={"show_if": when("@level", "is", "staff")}
    )
    assert shown(questionnaire, {}, "manager-1") == set()


def test_a_later_answer_is_not_looked_at() -> None:
    questionnaire = form(
        {"name": "q", "kind": "short", "show_if": when("f", "answered")},
        {"name": "f", "kind": "short"},
    )
    assert shown(questionnaire, {"f": "x"}, "staff") == {"f"}


def test_a_row_of_a_matrix_can_be_asked_for() -> None:
    rows = [{"name": "r1", "text": {"sv": "R1"}}, {"name": "r2", "text": {"sv": "R2"}}]
    first = {"name": "m", "kind": "matrix", "options": AB, "rows": rows}
    assert asked(first, when("r2", "is", "a"), {"r2": "a"})
    assert not asked(first, when("r2", "is", "a"), {"r1": "a"})
