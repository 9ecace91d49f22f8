"""Groups become sections, and pages of choices matrices."""

import pytest

from dialog.core.questionnaire import Kind, questions
from tests.surveys.building.xlsform.forms import COLOURS, form


def test_a_group_is_a_section_and_loose_questions_are_sections_of_their_own() -> None:
    found = form(
        """
        type        | name  | label
        text        | a     | A
        begin group | g     | Grupp
        text        | b     | B
        end group   |       |
        text        | c     | C
        """
    )
    sections = [(s.title.sv, [q.name for q in s.questions]) for s in found.questionnaire.sections]
    assert sections == [("", ["a"]), ("Grupp", ["b"]), ("", ["c"])]


def test_a_group_in_a_group_becomes_a_section_after_it_under_both_conditions() -> None:
    found = form(
        """
        type        | name  | label | relevant
        integer     | a     | A     |
        begin_group | outer | Yttre | ${a} >= 1
        text        | b     | B     |
        begin_group | inner | Inre  | ${a} <= 5
        text        | c     | C     |
        end_group   |       |       |
        text        | d     | D     |
        end_group   |       |       |
        """
    )
    sections = found.questionnaire.sections[1:]
    assert [(s.title.sv, [q.name for q in s.questions]) for s in sections] == [
        ("Yttre", ["b"]),
        ("Inre", ["c"]),
        ("Yttre", ["d"]),
    ]
    outer, inner, rest = (section.show_if for section in sections)
    assert inner is not None
    assert outer == rest
    assert outer in inner.parts
    assert len(inner.parts) == 2
    assert any("ligger i en annan grupp" in finding.reason.sv for finding in found.taken)


@pytest.mark.parametrize("appearance", ["field-list", "table-list"])
def test_a_page_of_choices_from_one_list_is_a_matrix(appearance: str) -> None:
    found = form(
        f"""
        type               | name | label    | appearance   | required | hint
        begin_group        | m    | Hur ofta | {appearance} |          | Tänk efter
        select_one colours | r1   | Ett      |              | yes      |
        select_one colours | r2   | Två      |              | yes      |
        end_group          |      |          |              |          |
        """
    )
    (question,) = questions(found.questionnaire)
    assert question.kind is Kind.MATRIX
    assert [(row.name, row.text.sv) for row in question.rows] == [("r1", "Ett"), ("r2", "Två")]
    assert [option.name for option in question.options] == ["red", "green"]
    assert (question.text.sv, question.help.sv, question.required) == (
        "Hur ofta",
        "Tänk efter",
        True,
    )
    assert found.left == ()


@pytest.mark.parametrize(
    "row",
    [
        "text               | r2 | Två | | ",
        "select_multiple colours | r2 | Två | | ",
        "select_one colours | r2 | Två | ${r1} = 'red' | ",
        "select_one colours | r2 | Två | | Hjälp",
        "select_one shapes  | r2 | Två | | ",
    ],
)
def test_a_page_of_other_questions_is_a_section(row: str) -> None:
    cells = [cell.strip() for cell in row.split("|")]
    found = form(
        f"""
        type               | name | label | appearance | relevant | hint
        begin_group        | m    | Sida  | field-list |          |
        select_one colours | r1   | Ett   |            |          |
        {cells[0]} | {cells[1]} | {cells[2]} | | {cells[3]} | {cells[4]}
        end_group          |      |       |            |          |
        """,
        choices=f"{COLOURS}shapes|round|Rund",
    )
    assert [question.name for question in questions(found.questionnaire)] == ["r1", "r2"]
    assert found.questionnaire.sections[0].title.sv == "Sida"


def test_the_row_that_repeats_the_options_over_a_matrix_is_no_row_of_it() -> None:
    found = form(
        """
        type               | name | label    | appearance
        begin_group        | m    |          | field-list
        select_one colours | head | Hur ofta | label
        select_one colours | r1   | Ett      | list-nolabel
        select_one colours | r2   | Två      | list-nolabel
        end_group          |      |          |
        """
    )
    (question,) = questions(found.questionnaire)
    assert question.text.sv == "Hur ofta"
    assert [row.name for row in question.rows] == ["r1", "r2"]
    assert found.left == ()
