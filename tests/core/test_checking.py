"""Every fault of a questionnaire is found, in its place, and said in words."""

import copy
import string
from typing import Any

import pytest
from hypothesis import given

from dialog.core.checking import Fault, faults, worded
from dialog.core.checking.words import CODES
from dialog.core.questionnaire import Questionnaire, load
from tests.core.questionnaires import questionnaires

GOOD: dict[str, Any] = {
    "title": {"sv": "Enkät", "en": "Survey"},
    "languages": ["sv", "en"],
    "sections": [
        {
            "name": "first",
            "title": {"sv": "Först", "en": "First"},
            "questions": [
                {
                    "name": "one",
                    "kind": "single",
                    "text": {"sv": "Ett?", "en": "One?"},
                    "declined": True,
                    "options": [
                        {"name": "yes", "text": {"sv": "Ja", "en": "Yes"}, "value": 1},
                        {"name": "no", "text": {"sv": "Nej", "en": "No"}, "value": 2},
                    ],
                },
                {"name": "two", "kind": "scale", "text": {"sv": "Två?", "en": "Two?"}},
                {"name": "three", "kind": "date", "text": {"sv": "När?", "en": "When?"}},
                {"name": "four", "kind": "long", "text": {"sv": "Vad?", "en": "What?"}},
            ],
        },
    ],
    "scales": [{"name": "sum", "title": {"sv": "Summa", "en": "Sum"}, "items": ["one"]}],
}


def changed(path: str, value: Any) -> Questionnaire:
    """The good questionnaire with one thing changed, e.g. `0.1.show_if` of section 0, question 1;
    `scale.…` is the scale and `.…` the whole.
    """
    data = copy.deepcopy(GOOD)
    *places, field = path.split(".")
    part: Any = data
    if places == ["scale"]:
        part = data["scales"][0]
    elif places != [""]:
        for place, inside in zip(places, ("sections", "questions"), strict=False):
            part = part[inside][int(place)]
    part[field] = value
    return load(data)


def when(item: str, op: str = "is", *values: str) -> dict[str, Any]:
    return {"parts": [{"item": item, "op": op, "values": list(values)}]}


def nested(levels: int) -> dict[str, Any]:
    condition = when("one", "answered")
    for _ in range(levels):
        condition = {"parts": [condition]}
    return condition


EN_SV = {"sv": "a", "en": "a"}


def test_a_good_questionnaire_has_no_faults() -> None:
    assert faults(load(GOOD)) == []


@given(questionnaires())
def test_what_hypothesis_makes_has_no_faults(questionnaire: Questionnaire) -> None:
    assert faults(questionnaire) == []


@pytest.mark.parametrize(
    ("path", "value", "place", "code"),
    [
        (".sections", [], "", "no_questions"),
        ("0.3.max_length", 6000, "", "too_long"),
        (".title", {"sv": "Enkät"}, "", "missing_text"),
        (".description", {"en": "Only"}, "", "missing_text"),
        ("0.name", "two", "two", "duplicate_name"),
        ("0.1.name", "one", "one", "duplicate_name"),
        ("scale.name", "one", "one", "duplicate_name"),
        ("0.title", {"sv": "Rubrik"}, "first", "missing_text"),
        ("0.0.text", {"sv": " ", "en": "x"}, "one", "missing_text"),
        ("0.0.text", {"sv": "x" * 10_001, "en": "x"}, "one", "long_text"),
        ("0.0.help", {"sv": "x"}, "one", "missing_text"),
        ("0.1.low_text", {"sv": "x"}, "two", "missing_text"),
        ("0.0.options", [], "one", "no_options"),
        ("0.0.options", [{"name": "a", "text": EN_SV}] * 2, "one", "duplicate_option"),
        ("0.0.options", [{"name": "a", "text": {"sv": "a"}}], "one", "missing_text"),
        ("0.0.kind", "matrix", "one", "no_rows"),
        ("0.1.low", 10, "two", "wrong_limits"),
        ("0.1.high", 0, "two", "wrong_limits"),
        ("0.1.high", 21, "two", "too_many_steps"),
        ("0.3.max_length", 0, "four", "wrong_limits"),
        ("0.3.low", 1, "four", "unused"),
        ("0.1.kind", "info", "two", None),
        ("0.2.whole", True, "three", "unused"),
        ("0.0.show_if", when("two", "answered"), "one", "later_item"),
        ("0.0.show_if", when("one", "answered"), "one", "later_item"),
        ("0.show_if", when("one", "answered"), "first", "later_item"),
        ("0.1.show_if", when("none", "answered"), "two", "unknown_item"),
        ("0.1.show_if", {"parts": []}, "two", "empty_condition"),
        ("0.1.show_if", {"parts": [{"mode": "any", "parts": []}]}, "two", "empty_condition"),
        ("0.1.show_if", nested(6), "two", "deep_condition"),
        ("0.1.show_if", when("one", "is"), "two", "no_values"),
        ("0.1.show_if", when("one", "is", "maybe"), "two", "unknown_value"),
        ("0.1.show_if", when("one", "is", "_unknown"), "two", "unknown_value"),
        ("0.1.show_if", when("one", "is", "_declined"), "two", None),
        ("0.1.show_if", when("one", "at_least", "1"), "two", None),
        ("0.1.show_if", when("one", "at_least", "yes"), "two", "unknown_value"),
        ("0.1.show_if", when("one", "at_least", "nan"), "two", "unknown_value"),
        ("0.1.show_if", when("one", "at_least", "inf"), "two", "unknown_value"),
        ("0.1.show_if", when("one", "answered", "yes"), "two", "unknown_value"),
        ("0.2.show_if", when("two", "is", "10"), "three", None),
        ("0.2.show_if", when("two", "is", "11"), "three", "unknown_value"),
        ("0.2.show_if", when("two", "is", "3.0"), "three", "unknown_value"),
        ("0.2.show_if", when("two", "at_most", "3", "4"), "three", "unknown_value"),
        ("0.3.show_if", when("three", "at_least", "2026-10-14"), "four", None),
        ("0.3.show_if", when("three", "at_least", "20261014"), "four", "unknown_value"),
        ("0.1.show_if", when("@level", "is", "staff"), "two", None),
        ("0.1.show_if", when("@level", "is"), "two", "no_values"),
        ("0.1.show_if", when("@level", "is", "chef"), "two", "unknown_value"),
        ("0.1.show_if", when("@level", "at_least", "staff"), "two", "cannot_compare"),
        ("scale.items", [], "sum", "empty_scale"),
        ("scale.items", ["one", "one"], "sum", "duplicate_name"),
        ("scale.items", ["none"], "sum", "unknown_item"),
        ("scale.items", ["four"], "sum", "no_numbers"),
        ("scale.items", ["one", "two"], "sum", "mixed_ends"),
        ("scale.reversed", ["two"], "sum", "reversed_outside"),
        ("scale.title", {}, "sum", "missing_text"),
    ],
)
def test_a_fault_is_found_in_its_place(path: str, value: Any, place: str, code: str | None) -> None:
    found = [(fault.place, fault.code) for fault in faults(changed(path, value))]
    assert ((place, code) in found) if code else found == []


def test_an_empty_section_and_a_text_that_cannot_be_compared_are_found() -> None:
    data = copy.deepcopy(GOOD)
    title = {"sv": "Sist", "en": "Last"}
    asks = {**when("four", "at_least", "1")}
    data["sections"] += [{"name": "last", "title": title, "questions": [], "show_if": asks}]
    found = [(fault.place, fault.code) for fault in faults(load(data))]
    assert found == [("last", "cannot_compare"), ("last", "empty_section")]


def test_faults_come_in_the_order_of_the_form() -> None:
    data = copy.deepcopy(GOOD)
    data["scales"][0]["items"] = []
    data["sections"][0]["questions"][3]["low"] = 1
    data["sections"][0]["questions"][0]["options"] = []
    data["title"] = {}
    places = [fault.place for fault in faults(load(data))]
    assert places == sorted(places, key=["", "one", "four", "sum"].index)


def test_options_of_one_name_can_be_used_twice_in_different_questions() -> None:
    data = copy.deepcopy(GOOD)
    again = {**data["sections"][0]["questions"][0], "name": "five"}
    data["sections"][0]["questions"].append(again)
    assert faults(load(data)) == []


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_fault_is_a_sentence_in_both_languages(code: str) -> None:
    about = {
        "name": "q7",
        "value": "v",
        "bytes": "17000",
        "limit": "16384",
        "part": "text",
        "language": "en",
        "field": "low",
    }
    text = worded(Fault("q7", code, about))
    for words in (text.sv, text.en):
        assert words[0] in string.ascii_uppercase + "ÅÄÖq"
        assert words.endswith(".")
        assert "{" not in words
    assert text.sv != text.en


def test_a_missing_text_names_part_and_language() -> None:
    (fault,) = faults(changed("0.0.options", [{"name": "a", "text": {"sv": "A"}, "value": 1}]))
    assert worded(fault).sv == "Det saknas text: alternativet a på engelska. Skriv den."
    assert worded(fault).en == "A text is missing: the option a in English. Write it."
