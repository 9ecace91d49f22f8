"""Groups, organisations and mandates on their pages; whoever may not see a page finds none."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.people.models import Role
from dialog.storage.clock import today
from dialog.unions.models import Mandate, UnionBody, UnionOrganisation
from tests import makers
from tests.conftest import sign_in
from tests.unions.cast import Cast, days_ago


def test_a_negotiator_adds_unions_and_a_group_and_its_secretary_records_a_mandate(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Cast(app, db)
    sign_in(client, db, cast.negotiator)
    client.post(
        "/facklig-samverkan/organisationer/ny", data={"name": "Facket Fur", "short_name": "FF"}
    )
    body = {
        "name": "Referensgruppen", "kind": "reference", "unit": "Närhälsan",
        "secretary": cast.secretary.email, "keep_months": "24", "keep_decision": "RS 2026-00012",
    }  # fmt: skip
    assert client.post("/facklig-samverkan/ny", data=body).status_code == 302
    made = db.exec(select(UnionBody).where(UnionBody.name == "Referensgruppen")).one()
    union = db.exec(select(UnionOrganisation).where(UnionOrganisation.name == "Facket Fur")).one()
    db.commit()
    sign_in(client, db, cast.secretary)
    page = f"/facklig-samverkan/{made.id}"
    assert "Ingen företräder i gruppen nu" in client.get(page).text
    notice = {
        "person": cast.vera.email, "organisation": str(union.id), "unit": "Närhälsan (A)",
        "starts_on": today().isoformat(), "notified_on": days_ago(3).isoformat(),
    }  # fmt: skip
    assert client.post(f"{page}/uppdrag", data=notice).status_code == 302
    shown = client.get(page).text
    assert "Vera Vald" in shown
    assert "Facket Fur" in shown
    assert "tills vidare" in shown
    assert "RS 2026-00012" in shown


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"person": "ingen@example.org"}, "Ingen här har adressen"),
        ({"unit": "Finns inte"}, "ingen sådan enhet"),
        ({"starts_on": ""}, "Skriv ett datum"),
        ({"ends_on": "2020-01-01"}, "före den första"),
        ({"notified_on": "snart"}, "Skriv ett datum"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    app: Flask, client: FlaskClient, db: Session, wrong: dict[str, str], sentence: str
) -> None:
    cast = Cast(app, db)
    sign_in(client, db, cast.secretary)
    notice = {
        "person": cast.vera.email, "organisation": str(cast.unions[0].id), "unit": "Regionen",
        "starts_on": today().isoformat(), "notified_on": today().isoformat(),
    }  # fmt: skip
    answer = client.post(f"/facklig-samverkan/{cast.body.id}/uppdrag", data=notice | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert (wrong.get("person") or cast.vera.email) in answer.text
    assert db.exec(select(Mandate)).first() is None


def test_months_need_a_decision_and_a_decision_months(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Cast(app, db)
    sign_in(client, db, cast.negotiator)
    page = f"/facklig-samverkan/{cast.body.id}/andra"
    said = {
        "name": "RS MBL", "kind": "central", "unit": "R", "secretary": cast.secretary.email,
    }  # fmt: skip
    assert client.post(page, data=said | {"keep_months": "3"}).status_code == 422
    assert client.post(page, data=said | {"keep_decision": "Ett"}).status_code == 422
    both = {"keep_months": "3", "keep_decision": "Ett"}
    assert client.post(page, data=said | both).status_code == 302


def test_ending_changing_and_removing(app: Flask, client: FlaskClient, db: Session) -> None:
    cast = Cast(app, db)
    made, wrong = cast.mandate(cast.vera).id, cast.mandate(cast.ture, union=1).id
    sign_in(client, db, cast.secretary)
    days = {"starts_on": days_ago(30).isoformat(), "ends_on": days_ago(1).isoformat()}
    assert client.post(f"/facklig-samverkan/uppdrag/{made}", data=days).status_code == 302
    page = client.get(f"/facklig-samverkan/{cast.body.id}").text
    assert "Vera Vald" in page.partition("Avslutade uppdrag")[2]
    assert "Fick en ny sista dag" in client.get(f"/facklig-samverkan/uppdrag/{made}").text
    assert client.post(f"/facklig-samverkan/uppdrag/{wrong}/ta-bort").status_code == 302
    assert not cast.there(wrong)
    assert client.post(f"/facklig-samverkan/uppdrag/{wrong}/ta-bort").status_code == 404


def test_the_group_its_keepers_and_registrars_see_it_and_nobody_else_does(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Cast(app, db)
    made = cast.mandate(cast.vera)
    others = [
        makers.person(db, f"Roll {role.value}", role)
        for role in Role
        if role not in {Role.NEGOTIATOR, Role.REGISTRAR}
    ]
    page, editing = f"/facklig-samverkan/{cast.body.id}", f"/facklig-samverkan/uppdrag/{made.id}"
    for person in (*others, cast.kalle, cast.vera, cast.ture):
        sign_in(client, db, person)
        for address in (page, editing, f"{page}/andra", f"{page}/uppdrag", f"{editing}/ta-bort"):
            assert client.get(address).status_code == 404, (person.name, address)
        assert "RS MBL" not in client.get("/facklig-samverkan").text
    for person, keeps in ((cast.negotiator, 200), (cast.secretary, 200), (cast.registrar, 404)):
        sign_in(client, db, person)
        assert "Vera Vald" in client.get(page).text
        assert client.get(editing).status_code == keeps
        assert "RS MBL" in client.get("/facklig-samverkan").text


def test_ended_mandates_are_seen_by_those_who_record_them_and_the_address_by_nobody(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Cast(app, db)
    made = cast.mandate(cast.vera)
    made.notice_email = "vera@facket.example"
    cast.mandate(cast.ture, union=1, ends_on=days_ago(2))
    cast.mandate(cast.kalle, union=1, starts_on=today() + timedelta(days=2))
    db.commit()
    page = f"/facklig-samverkan/{cast.body.id}"
    for person, sees in ((cast.secretary, True), (cast.registrar, True), (cast.vera, False)):
        sign_in(client, db, person)
        if person is cast.vera:
            client.post(f"/mina-uppdrag/{made.id}/foretrad")
        shown = client.get(page).text
        assert ("Ture Trogen" in shown) is sees
        assert "Kalle Kollega" in shown  # whose mandate is coming
        assert "vera@facket.example" not in shown


def test_empty_pages_say_what_to_do_first(app: Flask, client: FlaskClient, db: Session) -> None:
    negotiator = makers.person(db, "Nils Negotson", Role.NEGOTIATOR)
    registrar = makers.person(db, "Rakel Regist", Role.REGISTRAR)
    for person, words in (
        (negotiator, "Lägg först upp de fackliga organisationerna"),
        (registrar, "Arbetsgivarens förhandlare lägger upp grupperna"),
        (makers.person(db), "Välj ditt uppdrag först"),
    ):
        sign_in(client, db, person)
        assert words in client.get("/facklig-samverkan").text
    assert "Du har inget fackligt uppdrag här" in client.get("/mina-uppdrag").text
