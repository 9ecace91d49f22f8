"""Export loses nothing: reading what was written gives the same questionnaire back."""

from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from dialog.core.checking import faults
from dialog.core.questionnaire import Questionnaire
from dialog.surveys.building.instruments import all_instruments
from dialog.surveys.building.xlsform.reading import read
from dialog.surveys.building.xlsform.writing import write
from tests.core.questionnaires import questionnaires

INSTRUMENTS = all_instruments()
slowly = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("key", INSTRUMENTS)
def test_an_instrument_comes_back_as_it_was(key: str) -> None:
    found = read(write(INSTRUMENTS[key]))
    assert found.questionnaire == INSTRUMENTS[key]
    assert found.left == ()


@pytest.mark.parametrize("key", INSTRUMENTS)
def test_an_exported_instrument_is_a_valid_xlsform_without_warnings(key: str) -> None:
    warnings: list[str] = []
    convert(write(INSTRUMENTS[key]), warnings=warnings, file_type=".xlsx")
    assert warnings == []


@slowly
@given(questionnaires())
def test_any_questionnaire_comes_back_as_it_was(questionnaire: Questionnaire) -> None:
    found = read(write(questionnaire))
    assert found.questionnaire == questionnaire
    assert [finding.sentence() for finding in found.left] == []


@slowly
@given(questionnaires())
def test_any_export_is_a_valid_xlsform(questionnaire: Questionnaire) -> None:
    convert(write(questionnaire), file_type=".xlsx")


def test_names_that_xlsform_keeps_to_itself_can_be_used() -> None:
    words = {"sv": "Ord"}
    asks = {"parts": [{"item": "meta", "op": "answered"}]}
    scale = {"name": "meta", "kind": "scale", "text": words}
    after = {"name": "label", "kind": "short", "text": words, "show_if": asks}
    data = {
        "title": words,
        "sections": [{"name": "data", "title": words, "questions": [scale, after]}],
        "scales": [{"name": "sum", "title": words, "items": ["meta"], "reversed": ["meta"]}],
    }
    questionnaire = Questionnaire.model_validate(data)
    assert faults(questionnaire) == []
    found = read(write(questionnaire))
    assert (found.questionnaire, found.left) == (questionnaire, ())


def test_a_draft_with_faults_can_be_exported_too() -> None:
    """A file that other tools refuse is better than none: it can be mended there."""
    broken = {"parts": [{"item": "n", "op": "at_least"}, {"item": "x"}, {"mode": "any"}]}
    questions = [
        {"name": "n", "kind": "number", "text": {}},
        {"name": "n", "kind": "matrix", "text": {}, "show_if": broken},
        {"name": "s", "kind": "single", "text": {}, "show_if": {"parts": []}},
    ]
    sections = [{"name": "n", "title": {}, "questions": questions}]
    for some in ([], sections):
        draft = {"title": {}, "languages": [], "sections": some}
        assert write(Questionnaire.model_validate(draft)).startswith(b"PK")


def test_an_export_holds_no_formulas() -> None:
    data = INSTRUMENTS["kommunikationsuppfoljning"].model_dump()
    data["title"]["sv"] = "=HYPERLINK(1)"
    data["sections"][0]["questions"][0]["rows"][0]["text"]["sv"] = "=1+1"
    book = load_workbook(BytesIO(write(Questionnaire.model_validate(data))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert "=1+1" in {cell.value for cell in cells}
    assert read(write(Questionnaire.model_validate(data))).questionnaire.title.sv[0] == "="


def test_a_condition_that_was_changed_in_the_spreadsheet_is_the_one_that_counts() -> None:
    book = load_workbook(BytesIO(write(INSTRUMENTS["samtalsklimat"])))
    sheet = book["survey"]
    column = next(c.column for c in sheet[1] if c.value == "relevant")
    row = next(
        r for r in range(2, sheet.max_row) if sheet.cell(r, column).value == "${tystnad} = 'ja'"
    )
    sheet.cell(row, column).value = "${tystnad} = 'nej'"
    changed = BytesIO()
    book.save(changed)
    questions = {
        question.name: question
        for section in read(changed.getvalue()).questionnaire.sections
        for question in section.questions
    }
    show_if = questions["fragor_motiv"].show_if
    assert show_if is not None
    assert [part.values for part in show_if.parts if hasattr(part, "values")] == [("nej",)]
