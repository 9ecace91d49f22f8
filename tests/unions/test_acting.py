"""A representative is an employee until they choose to act, and every page says when they do."""

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.application import create_app
from dialog.people import sessions
from dialog.storage.clock import today
from dialog.unions.models import Acting
from tests.conftest import sign_in
from tests.counting import statements
from tests.unions.cast import Cast, days_ago

SAID = "Du företräder nu Vårdförbundet Ljung i RS MBL."
PAGES = ("/", "/konto", "/moten", "/mina-uppdrag", "/om", "/resultat", "/finns-inte")


def test_every_page_says_whom_one_represents_until_one_stops(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Cast(app, db)
    made, page = cast.mandate(cast.vera), f"/facklig-samverkan/{cast.body.id}"
    sign_in(client, db, cast.vera)
    assert all(SAID not in client.get(each).text for each in PAGES)
    assert client.get(page).status_code == 404
    assert client.post(f"/mina-uppdrag/{made.id}/foretrad").location == page
    assert all(SAID in client.get(each).text for each in (*PAGES, page))
    client.post("/mina-uppdrag/sluta")
    assert all(SAID not in client.get(each).text for each in PAGES)
    assert client.get(page).status_code == 404
    assert client.post("/mina-uppdrag/sluta").status_code == 302


def test_another_process_knows_it_and_another_session_does_not(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Cast(app, db)
    made = cast.mandate(cast.vera)
    sign_in(client, db, cast.vera)
    client.post(f"/mina-uppdrag/{made.id}/foretrad")
    other = create_app(app.extensions["settings"])
    cookie = client.get_cookie("dialog")
    assert cookie is not None
    elsewhere = other.test_client()
    elsewhere.set_cookie("dialog", cookie.value)
    assert SAID in elsewhere.get("/").text
    other.extensions["engine"].dispose()
    phone = sign_in(app.test_client(), db, cast.vera)
    assert SAID not in phone.get("/").text


def test_it_ends_with_the_session_and_with_the_mandate(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Cast(app, db)
    made = cast.mandate(cast.vera)
    sign_in(client, db, cast.vera)
    client.post(f"/mina-uppdrag/{made.id}/foretrad")
    made.ends_on = days_ago(1)
    db.commit()
    assert SAID not in client.get("/").text
    sessions.end_all(db, person_id=cast.vera.id)
    db.commit()
    assert db.exec(select(Acting)).all() == []


def test_nobody_acts_under_anothers_mandate_or_one_that_is_not_in_force(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Cast(app, db)
    made = cast.mandate(cast.vera)
    coming = cast.mandate(cast.ture, union=1, starts_on=today() + timedelta(days=1))
    sign_in(client, db, cast.ture)
    assert client.post(f"/mina-uppdrag/{made.id}/foretrad").status_code == 404
    answer = client.post(f"/mina-uppdrag/{coming.id}/foretrad", follow_redirects=True)
    assert "gäller inte i dag" in answer.text
    for rest in ("adress", "avsluta"):
        assert client.get(f"/mina-uppdrag/{made.id}/{rest}").status_code == 404


def test_a_row_that_is_anothers_is_worth_nothing(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Cast(app, db)
    made, other = cast.mandate(cast.vera), cast.mandate(cast.ture, union=1)
    sign_in(client, db, cast.vera)
    client.post(f"/mina-uppdrag/{made.id}/foretrad")
    row = db.exec(select(Acting)).one()
    row.mandate_id = other.id
    db.commit()
    assert "Du företräder nu" not in client.get("/").text


def test_whoever_does_not_act_pays_nothing_for_it(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Cast(app, db)
    made = cast.mandate(cast.vera)
    sign_in(client, db, cast.vera)
    with statements(app.extensions["engine"]) as sent:
        client.get("/konto")
    assert not [each for each in sent if "acting" in each or "mandate" in each]
    client.post(f"/mina-uppdrag/{made.id}/foretrad")
    with statements(app.extensions["engine"]) as sent:
        client.get("/konto")
    assert len([each for each in sent if "mandate" in each]) == 2


def test_one_goes_on_to_where_one_was_going_and_never_to_another_site(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Cast(app, db)
    made = cast.mandate(cast.vera)
    sign_in(client, db, cast.vera)
    assert "Välj uppdraget, så kommer du dit" in client.get("/mina-uppdrag?next=/moten").text
    act = f"/mina-uppdrag/{made.id}/foretrad"
    assert client.post(act, data={"next": "/moten"}).location == "/moten"
    assert client.post(act, data={"next": "https://annan.example/"}).location == (
        f"/facklig-samverkan/{cast.body.id}"
    )
