import io
import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.organisation import drafts, importing
from dialog.organisation.models import RosterDraft, Unit
from dialog.organisation.reading import read
from dialog.people.models import Account, Person, Role
from dialog.storage.clock import now
from tests import makers
from tests.conftest import sign_in
from tests.counting import statements
from tests.organisation.rosters import PEOPLE, UNITS, region, roster

FEWER = PEOPLE.rpartition("David")[0]  # half of them


@pytest.fixture
def administrator(client: FlaskClient, db: Session) -> FlaskClient:
    who = makers.administrator(db)
    db.add(Account(person_id=who.id))
    return sign_in(client, db, who)


@pytest.fixture
def imported(db: Session) -> Session:
    importing.apply(db, roster=roster())
    db.commit()
    return db


def upload(client: FlaskClient, units: str = UNITS, people: str = PEOPLE) -> Any:
    files = {
        "units": (io.BytesIO(units.encode()), "enheter.csv"),
        "people": (io.BytesIO(people.encode()), "personer.csv"),
    }
    return client.post("/organisation/import", data=files)


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text))


def people(db: Session) -> int:
    db.rollback()
    found = len(db.exec(select(Person.id).where(Person.in_roster)).all())
    db.rollback()  # the application is to write next
    return found


def test_an_empty_organisation_says_what_to_do_first(administrator: FlaskClient) -> None:
    page = administrator.get("/organisation")
    assert "unit, parent och name" in words(page)
    assert 'href="/organisation/import"' in page.text
    assert 'href="/organisation/exempel/units.csv"' in page.text


def test_the_examples_can_be_imported(administrator: FlaskClient) -> None:
    files = [
        administrator.get(f"/organisation/exempel/{name}.csv").data for name in ("units", "people")
    ]  # fmt: skip - two of them
    reading = read(*files)
    assert reading.faults == []
    assert reading.ignored == []


def test_an_upload_is_previewed_and_saves_nothing(administrator: FlaskClient, db: Session) -> None:
    page = administrator.get(upload(administrator).location)
    assert "Filerna har 4 enheter och 6 personer. Inget är sparat än." in words(page)
    assert "6 Nya personer" in words(page)
    assert "F02 Medarbetare, V1 Chef 1" in page.text
    assert people(db) == 0


def test_a_confirmed_preview_is_imported(administrator: FlaskClient, db: Session) -> None:
    preview = upload(administrator).location
    page = administrator.post(preview, follow_redirects=True)
    assert "Organisationen är inläst." in page.text
    assert "Regionhälsan" in page.text
    assert people(db) == 6
    assert db.exec(select(RosterDraft)).all() == []


def test_the_same_files_again_leave_nothing_to_confirm(
    administrator: FlaskClient, imported: Session
) -> None:
    page = administrator.get(upload(administrator).location)
    assert "Inget ändras" in page.text
    assert "Spara ändringarna" not in page.text


def test_wrong_files_are_answered_with_every_fault_and_save_nothing(
    administrator: FlaskClient, db: Session
) -> None:
    page = upload(administrator, people=PEOPLE.replace("F02,staff", "F9,boss"))
    assert page.status_code == 422
    assert "Det finns 6 fel i filerna" in words(page)
    assert "personer.csv, rad 4, kolumn unit" in page.text
    assert db.exec(select(RosterDraft)).all() == []


def test_a_long_list_of_faults_is_cut_and_says_so(administrator: FlaskClient) -> None:
    page = upload(administrator, people="name,email,unit,level\n" + "A,a,R,staff\n" * 150)
    assert "Det finns 150 fel" in words(page)
    assert page.text.count("personer.csv, rad") == 100
    assert "De första 100 visas." in page.text


def test_both_files_are_asked_for(administrator: FlaskClient) -> None:
    page = administrator.post("/organisation/import", data={})
    assert page.status_code == 422
    assert "Välj filen med enheter." in page.text


def test_columns_that_are_not_used_are_told_of(administrator: FlaskClient) -> None:
    page = administrator.get(
        upload(administrator, people=PEOPLE.replace("level\n", "level,shoe size\n", 1)).location
    )
    assert "people.csv: shoe size" in words(page)


def test_when_many_would_leave_their_number_must_be_typed(
    administrator: FlaskClient, imported: Session
) -> None:
    preview = upload(administrator, people=FEWER).location
    assert "Mer än en femtedel" in administrator.get(preview).text
    for typed in ("", "2", "tre"):
        page = administrator.post(preview, data={"typed": typed})
        assert page.status_code == 422
        assert "Skriv talet 3" in page.text
    assert people(imported) == 6
    assert administrator.post(preview, data={"typed": " 3 "}).status_code == 302
    imported.rollback()
    assert len(imported.exec(select(Person).where(Person.in_roster, Person.active)).all()) == 3


def test_a_preview_is_worth_nothing_when_the_organisation_has_changed_since(
    administrator: FlaskClient, imported: Session
) -> None:
    preview = upload(administrator, units=UNITS + "F03,R,Närhälsan\n").location
    imported.exec(select(Person)).first().name = "Someone Else"  # type: ignore[union-attr]  # there is one
    imported.commit()
    page = administrator.post(preview, follow_redirects=True)
    assert "Organisationen har ändrats sedan du såg förhandsvisningen" in page.text
    assert imported.exec(select(Unit).where(Unit.code == "F03")).all() == []


def test_a_preview_belongs_to_its_maker_and_lasts_a_day(
    app: Flask, administrator: FlaskClient, db: Session
) -> None:
    preview = upload(administrator).location
    other = sign_in(app.test_client(), db, makers.person(db, "Olle Ö", Role.ADMINISTRATOR))
    assert "finns inte kvar" in other.get(preview, follow_redirects=True).text
    draft = db.exec(select(RosterDraft)).one()
    older = {**draft.model_dump(), "made_at": now() - drafts.KEPT - timedelta(minutes=1)}
    db.delete(draft)  # the application never changes one
    db.flush()
    db.add(RosterDraft(**older))
    db.commit()
    assert "finns inte kvar" in administrator.get(preview, follow_redirects=True).text


def test_a_new_preview_replaces_the_last(administrator: FlaskClient, db: Session) -> None:
    upload(administrator)
    upload(administrator)
    assert len(db.exec(select(RosterDraft)).all()) == 1


def test_every_change_is_in_the_file_to_download(administrator: FlaskClient) -> None:
    preview = upload(administrator, people=PEOPLE.replace("Anna Almgren", "=cmd()")).location
    text = administrator.get(f"{preview}/andringar.csv").text
    assert len(text.splitlines()) == 1 + 4 + 6
    assert "Nya personer,anna@example.org,'=cmd(),,V1 staff" in text


def test_a_roster_survives_being_kept() -> None:
    made = roster()
    assert drafts.unpack(drafts.pack(made)) == made


def test_the_tree_shows_the_upper_units_with_their_people(
    administrator: FlaskClient, imported: Session
) -> None:
    page = words(administrator.get("/organisation"))
    assert "Personer i hela organisationen: 6" in page
    assert "Regionhälsan F01 3 personer" in page
    assert "Barn V1" in page


def test_a_unit_shows_where_it_is_and_counts_by_level(
    administrator: FlaskClient, imported: Session
) -> None:
    page = words(administrator.get("/organisation/enhet/V1"))
    assert "Organisation Regionen Regionhälsan Barn" in page
    assert "Chef 1 1 Medarbetare 1" in page


def test_names_in_a_unit_are_for_administrators(
    app: Flask, administrator: FlaskClient, imported: Session
) -> None:
    assert "Carin Ceder" in administrator.get("/organisation/enhet/F02").text
    analyst = sign_in(app.test_client(), imported, makers.analyst(imported))
    page = analyst.get("/organisation/enhet/F02")
    assert page.status_code == 200
    assert "Carin Ceder" not in page.text
    assert "Läs in" not in analyst.get("/organisation").text


def test_a_unit_that_does_not_exist_is_404(administrator: FlaskClient, imported: Session) -> None:
    assert administrator.get("/organisation/enhet/F99").status_code == 404


@pytest.mark.parametrize("code", ["import", "A B", "Å&Ö?", "50%", "a.b", "C#"])
def test_a_code_of_any_signs_has_a_page(administrator: FlaskClient, db: Session, code: str) -> None:
    makers.unit(db, code, makers.unit(db, "R"))
    page = administrator.get("/organisation/enhet/R").text
    found = re.search(r'<th scope="row"><a href="([^"]+)"', page)
    assert found is not None
    assert administrator.get(unescape(found[1])).status_code == 200


def test_units_are_found_by_a_part_of_name_or_code_in_any_case(
    administrator: FlaskClient, imported: Session
) -> None:
    page = words(administrator.get("/organisation?sok=REGIONHÄLS"))
    assert "1 enhet passar." in page
    assert "Regionhälsan F01 Regionen" in page
    assert "Barn" in administrator.get("/organisation?sok=v1").text
    assert "Ingen enhet passar" in administrator.get("/organisation?sok=%25").text


@pytest.mark.parametrize(
    "path",
    [
        "/organisation",
        "/organisation/import",
        "/organisation/enhet/R",
        f"/organisation/import/{UUID(int=1)}",
        "/organisation/exempel/units.csv",
    ],
)  # fmt: skip - every page
def test_nobody_else_sees_any_page(app: Flask, db: Session, path: str) -> None:
    makers.unit(db, "R")
    assert app.test_client().get(path).status_code == 302
    signed_in = sign_in(app.test_client(), db, makers.person(db))
    assert signed_in.get(path).status_code == 404


def test_an_analyst_cannot_import(app: Flask, db: Session) -> None:
    analyst = sign_in(app.test_client(), db, makers.analyst(db))
    assert analyst.get("/organisation/import").status_code == 404
    assert upload(analyst).status_code == 404


def test_pages_ask_the_database_as_little_in_a_large_organisation(
    app: Flask, administrator: FlaskClient, db: Session
) -> None:
    made = read(*region(people=300, units=500)).roster
    assert made is not None
    importing.apply(db, roster=made)
    db.commit()
    for path in (
        "/organisation",
        "/organisation/enhet/R",
        "/organisation/enhet/F01",
        "/organisation?sok=enhet",
    ):  # fmt: skip - every page of the tree
        with statements(app.extensions["engine"]) as asked:
            assert administrator.get(path).status_code == 200
        assert len(asked) <= 9, asked


def test_english_pages_hold_no_swedish_words_of_ours(
    administrator: FlaskClient, imported: Session
) -> None:
    page = administrator.get("/organisation/import", headers={"Accept-Language": "en"})
    if "Import the organisation" not in page.text:
        pytest.skip("the translations have not been compiled: make setup")
    assert "Two files say what the organisation looks like today." in page.text
