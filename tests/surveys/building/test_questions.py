"""Questions are written, changed, put elsewhere, removed and translated on their pages."""

import re

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.surveys.models import Survey
from tests.surveys.building.small import names, now_saved, question_form, small


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
