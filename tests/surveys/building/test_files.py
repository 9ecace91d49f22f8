"""A questionnaire comes in and goes out as a file."""

import json
import re
from io import BytesIO

from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook
from sqlmodel import Session, col, select

from dialog.core.questionnaire import (
    dump,
    load,
)
from dialog.surveys.models import Survey
from tests.surveys.building.small import names, small


def test_a_questionnaire_goes_out_and_in_as_json_unchanged(
    analyst: FlaskClient, db: Session, survey: Survey
) -> None:
    content = analyst.get(f"/enkater/{survey.id}/enkat.json").data
    upload = {"file": (BytesIO(content), "liten.json")}
    page = analyst.post("/enkater/ny/fil", data=upload).get_data(as_text=True)
    found = re.search(r'name="questionnaire" value="([^"]+)"', page)
    assert found
    assert len(db.exec(select(Survey)).all()) == 1, "nothing is saved before it is confirmed"
    db.rollback()
    analyst.post("/enkater/ny/fran-fil", data={"questionnaire": found[1]})
    copy = db.exec(select(Survey).where(col(Survey.id) != survey.id)).one()
    assert copy.questionnaire.encode() == dump(small())


def test_a_file_that_is_no_questionnaire_is_refused_with_place_and_reason(
    analyst: FlaskClient, db: Session
) -> None:
    content = json.dumps({"title": {"sv": "X"}, "sections": [{"name": "A B"}]}).encode()
    upload = {"file": (BytesIO(content), "fel.json")}
    answer = analyst.post("/enkater/ny/fil", data=upload)
    assert answer.status_code == 422
    assert "sections.0.name" in answer.get_data(as_text=True)
    assert analyst.post("/enkater/ny/fran-fil", data={"questionnaire": "x"}).status_code == 409
    assert not db.exec(select(Survey)).all()


def test_an_xlsform_is_shown_by_sheet_row_and_reason_before_it_becomes_a_survey(
    analyst: FlaskClient, db: Session
) -> None:
    book = Workbook()
    book.active.title = "survey"
    book.active.append(["type", "name", "label"])
    book.active.append(["text", "vad", "Vad hände?"])
    book.active.append(["geopoint", "var", "Var?"])
    content = BytesIO()
    book.save(content)
    upload = {"file": (BytesIO(content.getvalue()), "form.xlsx")}
    page = analyst.post("/enkater/ny/fil", data=upload).get_data(as_text=True)
    assert re.search(r"<td>survey</td>\s*<td class=\"number\">3</td>", page)
    found = re.search(r'name="questionnaire" value="([^"]+)"', page)
    assert found
    analyst.post("/enkater/ny/fran-fil", data={"questionnaire": found[1]})
    made = db.exec(select(Survey)).one()
    assert names(load(made.questionnaire)) == ["vad"]


def test_a_survey_goes_out_as_an_xlsform(analyst: FlaskClient, survey: Survey) -> None:
    answer = analyst.get(f"/enkater/{survey.id}/enkat.xlsx")
    assert 'filename="liten_enkat.xlsx"' in answer.headers["Content-Disposition"]
    rows = load_workbook(BytesIO(answer.data))["survey"].iter_rows(values_only=True)
    assert "tyst" in {cell for row in rows for cell in row}
