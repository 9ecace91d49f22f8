"""The pages of surveys: the list, new ones, who sees them, the preview."""

from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from dialog.core.questionnaire import (
    LONG_LENGTH,
    Text,
    load,
)
from dialog.surveys.building import saving
from dialog.surveys.building.instruments import all_instruments
from dialog.surveys.models import Round, RoundState, Survey
from tests import makers
from tests.conftest import sign_in
from tests.surveys.building.small import names, small


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
