"""Conditions of XLSForm mean the same here as there, or they are not taken."""

from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from dialog.core.conditions import shown
from dialog.core.levels import Level
from dialog.core.questionnaire import Condition, questions
from dialog.surveys.building.xlsform.findings import Imported
from dialog.surveys.building.xlsform.reading import read
from dialog.surveys.building.xlsform.writing import write
from tests.core.questionnaires import answered, questionnaires
from tests.surveys.building.xlsform.spreadsheets import Grid, xlsx

ASKED: Grid = [
    ["type", "name", "label", "relevant", "parameters"],
    ["select_one ab", "one", "Ett"],
    ["select_multiple ab", "several", "Flera"],
    ["select_one numbers", "coded", "Kod"],
    ["range", "scale", "Skala", None, "start=0 end=5"],
    ["integer", "whole", "Heltal"],
    ["decimal", "part", "Decimaltal"],
    ["date", "day", "Dag"],
    ["text", "words", "Ord"],
]
CHOICES = """
list_name | name | label
ab        | a    | A
ab        | b    | B
numbers   | 1    | Ett
numbers   | 2    | Två
numbers   | 30   | Trettio
"""


def form(relevant: str) -> Imported:
    return read(xlsx(survey=[*ASKED, ["text", "q", "Fråga", relevant]], choices=CHOICES))


def condition(relevant: str) -> Condition | None:
    return list(questions(form(relevant).questionnaire))[-1].show_if


def visible(relevant: str, answers: dict[str, Any]) -> bool:
    found = form(relevant)
    assert ("survey", 10, "relevant") not in {(f.sheet, f.row, f.column) for f in found.left}
    return "q" in shown(found.questionnaire, answers, "staff")


@pytest.mark.parametrize(
    ("relevant", "answers", "expected"),
    [
        ("${one} = 'a'", {"one": "a"}, True),
        ("${one} = 'a'", {"one": "b"}, False),
        ("${one}='a'", {}, False),
        ("${one} != 'a'", {"one": "b"}, True),
        ("${one} != 'a'", {}, True),
        ("'a' = ${one}", {"one": "a"}, True),
        ('${one} = "a"', {"one": "a"}, True),
        ("${one} = \u2018a\u2019", {"one": "a"}, True),
        ("selected(${one}, 'a')", {"one": "a"}, True),
        ("selected(${several}, 'b')", {"several": ["a", "b"]}, True),
        ("selected( ${several} , 'b' )", {"several": ["a"]}, False),
        ("not(selected(${several}, 'b'))", {"several": ["a"]}, True),
        ("not(selected(${several}, 'b'))", {}, True),
        ("${one} = 'a' and ${scale} >= 3", {"one": "a", "scale": 3}, True),
        ("${one} = 'a' and ${scale} >= 3", {"one": "a", "scale": 2}, False),
        ("${one} = 'a' or ${scale} >= 3", {"scale": 5}, True),
        ("${one} = 'a' or ${one} = 'b' and ${scale} = 1", {"one": "a", "scale": 2}, True),
        ("(${one} = 'a' or ${one} = 'b') and ${scale} = 1", {"one": "a", "scale": 2}, False),
        ("not(${one} = 'a' and ${scale} = 1)", {"one": "a", "scale": 2}, True),
        ("not(${one} = 'a' or ${scale} = 1)", {"one": "b", "scale": 1}, False),
        ("${one} != ''", {"one": "b"}, True),
        ("${one} != ''", {}, False),
        ("${one} = ''", {}, True),
        ("${one} = ''", {"one": "a"}, False),
        ("not(${one} = '')", {"one": "a"}, True),
        ("${scale} = ''", {}, True),
        ("${scale} = ''", {"scale": 0}, False),
        ("${scale} > 3", {"scale": 3}, False),
        ("${scale} > 3", {"scale": 4}, True),
        ("${scale} < 3", {"scale": 2}, True),
        ("${scale} < 3", {}, False),
        ("not(${scale} < 3)", {}, True),
        ("not(${scale} >= 3)", {"scale": 2}, True),
        ("not(${scale} >= 3)", {"scale": 3}, False),
        ("3 <= ${scale}", {"scale": 3}, True),
        ("${whole} > 2.5", {"whole": 3}, True),
        ("${whole} > 2.5", {"whole": 2}, False),
        ("${part} > 2", {"part": 2}, False),
        ("${part} > 2", {"part": 2.1}, True),
        ("${part} <= 2.5", {"part": 2.5}, True),
        ("${coded} >= 2", {"coded": "30"}, True),
        ("${coded} >= 2", {"coded": "1"}, False),
        ("${coded} < 2", {"coded": "1"}, True),
        ("${coded} < 2", {"coded": "2"}, False),
        ("${coded} > 2", {"coded": "2"}, False),
        ("${coded} <= 2", {"coded": "2"}, True),
        ("${coded} = 2", {"coded": "2"}, True),
        ("${day} >= date('2026-01-01')", {"day": "2026-01-01"}, True),
        ("${day} > date('2026-01-01')", {"day": "2026-01-01"}, False),
        ("${day} < '2026-01-01'", {"day": "2025-12-31"}, True),
        ("${words} = 'ja'", {"words": "ja"}, True),
        ("${words} != ''", {"words": "ja"}, True),
    ],
)
def test_an_expression_shows_what_it_would_show_in_xlsform(
    relevant: str, answers: dict[str, Any], *, expected: bool
) -> None:
    assert visible(relevant, answers) is expected


@pytest.mark.parametrize(
    "relevant",
    [
        "${several} = 'a'",
        "${one} = ${coded}",
        "count-selected(${several}) > 1",
        "${scale} + 1 > 3",
        "regex(${words}, 'a.*')",
        "${day} < today()",
        "${words} > 3",
        "${words} = ''",
        "not(${whole} > 3)",
        "${one} = 'c'",
        "${later} = 'a'",
        "true()",
        "${one}",
        "pulldata('a', 'b', 'c', ${one})",
        "if(${one} = 'a', true(), false())",
        "(" * 30 + "${one} = 'a'" + ")" * 30,
    ],
)
def test_an_expression_that_is_more_is_listed_and_the_question_always_shown(relevant: str) -> None:
    survey = [*ASKED, ["text", "q", "Fråga", relevant], ["text", "later", "Sen"]]
    found = read(xlsx(survey=survey, choices=CHOICES))
    (finding,) = [one for one in found.left if one.sheet == "survey"]
    assert (finding.row, finding.column) == (10, "relevant")
    assert finding.reason.sv.startswith("Villkoret följer inte med, så det här visas alltid.")
    assert list(questions(found.questionnaire))[-2].show_if is None


def test_several_values_of_one_question_are_one_test() -> None:
    found = condition("${one} = 'a' or ${one} = 'b'")
    assert found is not None
    assert found.model_dump(mode="json") == {
        "mode": "all",
        "parts": [{"item": "one", "op": "is", "values": ["a", "b"]}],
    }


def test_a_condition_on_what_was_not_taken_says_so() -> None:
    survey: Grid = [
        ["type", "name", "label", "relevant"],
        ["geopoint", "where", "Var?"],
        ["text", "q", "Fråga", "${where} != ''"],
    ]
    found = read(xlsx(survey=survey))
    reasons = {finding.row: finding.reason.sv for finding in found.left}
    assert "where är ingen tidigare fråga som har tagits med." in reasons[3]


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_what_other_tools_see_of_our_conditions_means_the_same(data: st.DataObject) -> None:
    """Without the column where the condition is kept whole, the expression itself is read."""
    questionnaire = data.draw(questionnaires())
    book = load_workbook(BytesIO(write(questionnaire)))
    for cell in next(book["survey"].iter_rows(max_row=1)):
        if cell.value == "dialog_relevant":
            book["survey"].delete_cols(cell.column)
            break
    target = BytesIO()
    book.save(target)
    found = read(target.getvalue())
    level = data.draw(st.sampled_from(Level))
    answers = data.draw(answered(questionnaire, level))
    if not found.left:
        assert shown(found.questionnaire, answers, level) == shown(questionnaire, answers, level)
