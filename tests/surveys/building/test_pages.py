import json
import re
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook
from sqlmodel import Session, col, select

from dialog.core.questionnaire import (
    LONG_LENGTH,
    Kind,
    Option,
    Question,
    Questionnaire,
    Scale,
    Section,
    Text,
    dump,
    load,
    questions,
)
from dialog.people.models import Role
from dialog.surveys.building import saving
from dialog.surveys.building.instruments import all_instruments
from dialog.surveys.models import Round, RoundState, Survey
from tests import makers
from tests.conftest import sign_in

YES_NO = (
    Option(name="ja", text=Text(sv="Ja", en="Yes")),
    Option(name="nej", text=Text(sv="Nej", en="No")),
)


def small() -> Questionnaire:
    filters = Question(name="tyst", kind=Kind.SINGLE, text=Text(sv="Har du tigit?"), options=YES_NO)
    why = Question(name="skal", kind=Kind.LONG, text=Text(sv="Varför?"))
    return Questionnaire(
        title=Text(sv="Liten enkät"),
        sections=(
            Section(name="del_1", title=Text(sv="Första"), questions=(filters, why)),
            Section(name="del_2", title=Text(sv="Andra")),
        ),
        scales=(Scale(name="skala", title=Text(sv="Skala"), items=("tyst",), report="items"),),
    )


@pytest.fixture
def survey(db: Session) -> Survey:
    author = makers.person(db, "Sara Skribent", Role.ANALYST)
    made = saving.create(db, author_id=author.id, questionnaire=small())
    db.commit()
    db.refresh(made)
    db.expunge(made)  # or reading its id would lock the database against the application
    db.rollback()
    return made


@pytest.fixture
def analyst(client: FlaskClient, db: Session) -> FlaskClient:
    return sign_in(client, db, makers.analyst(db))


def now_saved(db: Session, survey: Survey) -> Questionnaire:
    text = db.exec(select(Survey.questionnaire).where(col(Survey.id) == survey.id)).one()
    db.rollback()
    return load(text)


def names(questionnaire: Questionnaire) -> list[str]:
    return [question.name for question in questions(questionnaire)]


def question_form(survey: Survey, **more: str) -> dict[str, str]:
    return {
        "version": str(survey.version),
        "kind": "single",
        "section": "del_1",
        "text_sv": "Vem är du?",
        "options-0-sv": "Chef",
        "options-1-sv": "Medarbetare",
        "do": "save",
        **more,
    }


def test_the_list_says_what_to_do_first(analyst: FlaskClient) -> None:
    page = analyst.get("/enkater").get_data(as_text=True)
    assert "Gör den första enkäten" in page


def test_the_list_finds_words_with_capital_letters_beyond_z(
    analyst: FlaskClient, db: Session, survey: Survey
) -> None:
    title = small().model_copy(update={"title": Text(sv="ÅRLIG öppen fråga")})
    saving.create(db, author_id=survey.author_id, questionnaire=title)
    db.commit()
    page = analyst.get("/enkater?sok=årlig+ÖPPEN").get_data(as_text=True)
    assert "ÅRLIG öppen fråga" in page
    assert "Liten enkät" not in page


def test_the_list_shows_rounds_and_their_state(
    analyst: FlaskClient, db: Session, survey: Survey
) -> None:
    round_ = Round(
        survey_id=survey.id, author_id=survey.author_id, title="Höst", state=RoundState.OPEN
    )
    db.add(round_)
    db.commit()
    page = analyst.get("/enkater").get_data(as_text=True)
    assert f'href="/omgangar/{round_.id}"' in page
    assert "öppen för svar" in page


def test_who_may_not_see_surveys_gets_404_everywhere(
    client: FlaskClient, db: Session, survey: Survey
) -> None:
    sign_in(client, db, makers.administrator(db))
    for address in ("", f"/{survey.id}", f"/{survey.id}/fragor/tyst", f"/{survey.id}/enkat.json"):
        assert client.get(f"/enkater{address}").status_code == 404


def test_an_approver_reads_but_does_not_edit(
    client: FlaskClient, db: Session, survey: Survey
) -> None:
    sign_in(client, db, makers.approver(db))
    page = client.get(f"/enkater/{survey.id}").get_data(as_text=True)
    assert "Har du tigit?" in page
    assert "Lägg till fråga" not in page
    assert client.get(f"/enkater/{survey.id}/fragor/tyst").status_code == 404
    address = f"/enkater/{survey.id}/fragor/tyst/ta-bort"
    assert client.post(address, data={"version": "1"}).status_code == 404


def test_an_empty_survey_is_ready_for_its_first_question(analyst: FlaskClient, db: Session) -> None:
    answer = analyst.post("/enkater/ny/tom", data={"title": "Ny"})
    made = db.exec(select(Survey)).one()
    assert answer.location == f"/enkater/{made.id}"
    assert len(load(made.questionnaire).sections) == 1


def test_a_section_without_a_heading_is_called_by_its_number(
    analyst: FlaskClient, db: Session
) -> None:
    address = analyst.post("/enkater/ny/tom", data={"title": "Ny"}).location
    page = analyst.get(address).get_data(as_text=True)
    assert f'<a href="{address}/avsnitt/avsnitt">Avsnitt 1</a>:' in page


@pytest.mark.parametrize(("kind", "longest"), [("short", 200), ("long", LONG_LENGTH)])
def test_the_form_says_how_long_a_text_may_be_if_nothing_else_is_told(
    analyst: FlaskClient, survey: Survey, kind: str, longest: int
) -> None:
    page = analyst.get(f"/enkater/{survey.id}/ny-fraga?typ={kind}").get_data(as_text=True)
    assert f"({longest} om tomt)" in page


def test_a_survey_without_a_name_is_asked_for_one(analyst: FlaskClient, db: Session) -> None:
    answer = analyst.post("/enkater/ny/tom", data={"title": " "})
    assert answer.status_code == 422
    assert "Skriv vad enkäten ska heta." in answer.get_data(as_text=True)
    assert not db.exec(select(Survey)).all()


@pytest.mark.parametrize("key", list(all_instruments()))
def test_each_instrument_becomes_a_survey_without_faults(
    analyst: FlaskClient, db: Session, key: str
) -> None:
    answer = analyst.post("/enkater/ny/instrument", data={"instrument": key})
    made = db.exec(select(Survey)).one()
    assert load(made.questionnaire) == all_instruments()[key]
    assert "Innan enkäten kan användas" not in analyst.get(answer.location).get_data(as_text=True)


def test_a_copy_has_a_name_of_its_own(analyst: FlaskClient, db: Session, survey: Survey) -> None:
    analyst.post("/enkater/ny/kopia", data={"survey": str(survey.id)})
    copy = db.exec(select(Survey).where(col(Survey.id) != survey.id)).one()
    assert copy.title == "Kopia av Liten enkät"
    assert names(load(copy.questionnaire)) == ["tyst", "skal"]


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


def test_a_new_question_gets_names_from_its_words(
    analyst: FlaskClient, db: Session, survey: Survey
) -> None:
    analyst.post(f"/enkater/{survey.id}/ny-fraga?efter=tyst", data=question_form(survey))
    saved = now_saved(db, survey)
    assert names(saved) == ["tyst", "vem_ar_du", "skal"]
    made = saved.sections[0].questions[1]
    assert [option.name for option in made.options] == ["chef", "medarbetare"]


def test_a_step_in_the_form_saves_nothing_and_keeps_what_was_typed(
    analyst: FlaskClient, db: Session, survey: Survey
) -> None:
    form = question_form(survey, do="down:options:0")
    page = analyst.post(f"/enkater/{survey.id}/ny-fraga", data=form).get_data(as_text=True)
    assert page.index('value="Medarbetare"') < page.index('value="Chef"')
    assert "Vem är du?" in page
    assert 'data-focus="up-options-1"' in page
    assert names(now_saved(db, survey)) == ["tyst", "skal"]


def test_pasted_lines_become_answers(analyst: FlaskClient, survey: Survey) -> None:
    form = question_form(survey, do="paste", paste="Ett\n\n  Två \nTre")
    page = analyst.post(f"/enkater/{survey.id}/ny-fraga", data=form).get_data(as_text=True)
    assert re.findall(r'name="options-\d+-sv"[^>]*value="([^"]*)"', page) == [
        "Chef",
        "Medarbetare",
        "Ett",
        "Två",
        "Tre",
    ]


def test_ready_made_answers_replace_the_others(analyst: FlaskClient, survey: Survey) -> None:
    form = question_form(survey, do="preset", preset="frequency")
    page = analyst.post(f"/enkater/{survey.id}/ny-fraga", data=form).get_data(as_text=True)
    assert 'value="Mycket ofta"' in page
    assert 'value="Chef"' not in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"text_sv": " "}, "Skriv frågan på svenska."),
        ({"options-1-sv": ""}, "Skriv minst två svar att välja mellan."),
        ({"options-0-value": "fem"}, "Skriv ett heltal, till exempel 5."),
        ({"name": "Å!"}, "Ett variabelnamn har bara"),
        ({"name": "skal"}, "Variabelnamnet används redan"),
        ({"options-0-name": "x", "options-1-name": "x"}, "används mer än en gång"),
        ({"kind": "scale", "low": "3", "high": "3"}, "Skalans slut måste vara större"),
        ({"kind": "number", "low": "3", "high": "2"}, "minst det minsta"),
        ({"kind": "long", "max_length": "0"}, "mellan 1 och 10 000"),
        ({"tests-0-item": ""}, "Välj vilken fråga villkoret gäller."),
        ({"tests-0-item": "tyst", "tests-0-op": "is"}, "Välj minst ett svar i villkoret."),
        ({"section": "finns_inte"}, ""),
    ],
)
def test_a_wrong_question_comes_back_with_a_sentence_and_what_was_typed(
    analyst: FlaskClient, db: Session, survey: Survey, change: dict[str, str], sentence: str
) -> None:
    form = question_form(survey, **change)
    answer = analyst.post(f"/enkater/{survey.id}/ny-fraga", data=form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in page
    assert 'id="felruta"' in page
    assert 'value="Chef"' in page or form["kind"] != "single"
    assert names(now_saved(db, survey)) == ["tyst", "skal"]


def test_a_condition_is_kept_and_said_in_words(
    analyst: FlaskClient, db: Session, survey: Survey
) -> None:
    form = question_form(survey, mode="any")
    form |= {"tests-0-item": "tyst", "tests-0-op": "is", "tests-0-values": "ja"}
    form |= {"tests-1-item": "@level", "tests-1-op": "is_not", "tests-1-values": "staff"}
    analyst.post(f"/enkater/{survey.id}/ny-fraga", data=form)
    condition = now_saved(db, survey).sections[0].questions[-1].show_if
    assert condition is not None
    assert condition.mode == "any"
    assert [(t.item, t.op, t.values) for t in condition.parts] == [  # type: ignore[union-attr]
        ("tyst", "is", ("ja",)),
        ("@level", "is_not", ("staff",)),
    ]
    page = analyst.get(f"/enkater/{survey.id}").get_data(as_text=True)
    assert "Visas om ”Har du tigit?” är Ja eller nivån är inte Medarbetare" in page


def test_new_names_are_followed_into_conditions_and_scales(
    analyst: FlaskClient, db: Session, survey: Survey
) -> None:
    form = {**question_form(survey), "text_sv": "Varför?", "kind": "long", "section": "del_1"}
    form |= {"tests-0-item": "tyst", "tests-0-op": "is", "tests-0-values": "ja"}
    analyst.post(f"/enkater/{survey.id}/fragor/skal", data=form)
    form = question_form(survey, version="2", name="tystnad", text_sv="Har du tigit?")
    form |= {"options-0-sv": "Ja", "options-0-name": "yes", "options-0-was": "ja"}
    form |= {"options-1-sv": "Nej", "options-1-name": "nej", "options-1-was": "nej"}
    analyst.post(f"/enkater/{survey.id}/fragor/tyst", data=form)
    saved = now_saved(db, survey)
    assert saved.scales[0].items == ("tystnad",)
    condition = saved.sections[0].questions[1].show_if
    assert condition is not None
    test = condition.parts[0]
    assert (test.item, test.values) == ("tystnad", ("yes",))  # type: ignore[union-attr]


def test_an_outdated_form_saves_nothing_says_so_and_keeps_what_was_typed(
    analyst: FlaskClient, db: Session, survey: Survey
) -> None:
    address = f"/enkater/{survey.id}/fragor/skal"
    analyst.post(f"{address}/flytta", data={"version": "1", "step": "1"})
    form = question_form(survey, kind="long", section="del_2", text_sv="Min nya fråga")
    answer = analyst.post(address, data=form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Enkäten har ändrats sedan du öppnade sidan" in page
    assert "Min nya fråga" in page
    assert now_saved(db, survey).sections[1].questions[0].text.sv == "Varför?"
    assert 'name="version" type="hidden" value="2"' in page
    analyst.post(address, data={**form, "version": "2"})
    assert now_saved(db, survey).sections[1].questions[0].text.sv == "Min nya fråga"


def test_what_was_typed_survives_that_somebody_removed_the_question(
    analyst: FlaskClient, db: Session, survey: Survey
) -> None:
    address = f"/enkater/{survey.id}/fragor/skal"
    analyst.post(f"{address}/ta-bort", data={"version": "1"})
    form = question_form(survey, kind="long", text_sv="Varför då?")
    assert "Varför då?" in analyst.post(address, data=form).get_data(as_text=True)
    analyst.post(address, data={**form, "version": "2"})
    assert names(now_saved(db, survey)) == ["tyst", "varfor_da"]


def test_a_removed_question_comes_back_by_undo(
    analyst: FlaskClient, db: Session, survey: Survey
) -> None:
    address = f"/enkater/{survey.id}"
    answer = analyst.post(f"{address}/fragor/tyst/ta-bort", data={"version": "1"})
    page = analyst.get(answer.location).get_data(as_text=True)
    assert "”Har du tigit?” togs bort." in page
    assert now_saved(db, survey).scales[0].items == ()
    analyst.post(f"{address}/angra", data={"version": "2"})
    assert now_saved(db, survey) == small()


def test_an_undo_of_somebody_elses_change_is_refused(
    analyst: FlaskClient, db: Session, survey: Survey
) -> None:
    address = f"/enkater/{survey.id}"
    analyst.post(f"{address}/fragor/tyst/ta-bort", data={"version": "1"})
    analyst.post(f"{address}/fragor/skal/kopiera", data={"version": "2"})
    answer = analyst.post(f"{address}/angra", data={"version": "2"})
    assert "har ändrats av någon annan" in analyst.get(answer.location).get_data(as_text=True)
    assert names(now_saved(db, survey)) == ["skal", "skal_2"]


def test_a_question_is_put_into_a_section_at_a_place(
    analyst: FlaskClient, db: Session, survey: Survey
) -> None:
    form = {"version": "1", "section": "del_2", "to": "0"}
    analyst.post(f"/enkater/{survey.id}/fragor/tyst/flytta", data=form)
    assert [len(section.questions) for section in now_saved(db, survey).sections] == [1, 1]


def test_faults_lead_to_the_page_where_they_are_mended(
    analyst: FlaskClient, survey: Survey
) -> None:
    page = analyst.get(f"/enkater/{survey.id}").get_data(as_text=True)
    assert "Innan enkäten kan användas" in page
    assert f'<a href="/enkater/{survey.id}/avsnitt/del_2">Andra</a>' in page
    assert "Avsnittet har inga frågor" in page


def test_english_is_written_side_by_side_and_the_same_words_only_once(
    analyst: FlaskClient, db: Session, survey: Survey
) -> None:
    details = {"version": "1", "title_sv": "Liten enkät", "english": "y"}
    analyst.post(f"/enkater/{survey.id}/uppgifter", data=details)
    address = f"/enkater/{survey.id}/oversattning"
    page = analyst.get(address).get_data(as_text=True)
    fields = re.findall(r'name="(text:[^"]+)"', page)
    assert (
        "5 texter saknas på engelska" in analyst.get(f"/enkater/{survey.id}").get_data(as_text=True)
        or len(fields) > 0
    )
    form = {field: f"English {number}" for number, field in enumerate(fields)}
    analyst.post(address, data={"version": "2", **form})
    saved = now_saved(db, survey)
    assert saved.title.en == "English 0"
    assert "saknas på engelska" not in analyst.get(f"/enkater/{survey.id}").get_data(as_text=True)


def test_a_scale_of_unlike_answers_is_refused(
    analyst: FlaskClient, db: Session, survey: Survey
) -> None:
    form = {"version": "1", "title_sv": "Ny", "report": "score", "items": "tyst"}
    answer = analyst.post(f"/enkater/{survey.id}/ny-skala", data=form)
    assert answer.status_code == 422
    assert "ger inget tal" in answer.get_data(as_text=True)
    analyst.post(f"/enkater/{survey.id}/ny-skala", data={**form, "report": "items"})
    assert [scale.name for scale in now_saved(db, survey).scales] == ["skala", "ny"]


def test_a_survey_in_use_says_that_rounds_keep_their_own_copy(
    analyst: FlaskClient, db: Session, survey: Survey
) -> None:
    db.add(Round(survey_id=survey.id, author_id=survey.author_id, title="Höst"))
    db.commit()
    page = analyst.get(f"/enkater/{survey.id}").get_data(as_text=True)
    assert "Du kan ändra frågorna även om det finns omgångar." in page


def test_an_archived_survey_leaves_the_list_and_can_come_back(
    analyst: FlaskClient, survey: Survey
) -> None:
    address = f"/enkater/{survey.id}/arkivera"
    analyst.post(address, data={"archived": "1"})
    assert "Liten enkät" not in analyst.get("/enkater").get_data(as_text=True)
    assert "Liten enkät" in analyst.get("/enkater?arkiv=1").get_data(as_text=True)
    analyst.post(address, data={"archived": "0"})
    assert "Liten enkät" in analyst.get("/enkater").get_data(as_text=True)


def test_the_preview_shows_the_respondents_page_and_nothing_to_send(
    analyst: FlaskClient, survey: Survey
) -> None:
    page = analyst.get(f"/enkater/{survey.id}/forhandsgranska").get_data(as_text=True)
    assert f"/enkater/{survey.id}/forhandsgranska/sida" in page
    inner = analyst.get(f"/enkater/{survey.id}/forhandsgranska/sida")
    assert "Har du tigit?" in inner.get_data(as_text=True)
    assert inner.headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("address", ["fragor/nej", "avsnitt/nej", "skalor/nej"])
def test_what_is_not_there_is_404(analyst: FlaskClient, survey: Survey, address: str) -> None:
    assert analyst.get(f"/enkater/{survey.id}/{address}").status_code == 404
    assert analyst.get(f"/enkater/{uuid4()}/{address}").status_code == 404


@pytest.mark.parametrize("number", [1, 12])
def test_the_pages_take_few_statements_whatever_there_is(
    analyst: FlaskClient, db: Session, survey: Survey, number: int
) -> None:
    for place in range(number):
        made = saving.create(db, author_id=survey.author_id, questionnaire=small())
        db.add(Round(survey_id=made.id, author_id=survey.author_id, title=f"Omgång {place}"))
    db.commit()
    statements: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    engine = db.get_bind()
    sa.event.listen(engine, "before_cursor_execute", count)
    for address in ("/enkater", f"/enkater/{survey.id}", f"/enkater/{survey.id}/fragor/tyst"):
        statements.clear()
        analyst.get(address)
        assert len(statements) <= 8, statements
    sa.event.remove(engine, "before_cursor_execute", count)
