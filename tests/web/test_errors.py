from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.core.errors import BusyError, WrongInputError
from dialog.web import errors, limits
from tests import makers
from tests.conftest import sign_in

OWN = {"Origin": "http://localhost"}


@pytest.fixture(autouse=True)
def _shown_as_users_see_it(app: Flask) -> None:
    app.testing = False
    app.register_error_handler(Exception, errors._unexpected)


@pytest.mark.parametrize("status", [400, 401, 404, 405, 413, 415, 429, 500, 503])
@pytest.mark.parametrize(("language", "home"), [("sv", "Till startsidan"), ("en", "To the front")])
def test_every_error_is_a_page_that_leads_on(
    app: Flask, client: FlaskClient, status: int, language: str, home: str
) -> None:
    app.add_url_rule("/fel", view_func=lambda: abort(status))
    answer = client.get("/fel", headers={"Accept-Language": language})
    assert answer.status_code == status
    assert f'lang="{language}"' in answer.text
    assert home in answer.text
    assert answer.text.count("<h1>") == 1
    assert answer.headers["Content-Security-Policy"]


def test_a_nul_which_no_database_keeps_is_refused_wherever_it_stands(
    client: FlaskClient, db: Session
) -> None:
    sign_in(client, db, makers.administrator(db))
    assert client.get("/personer?sok=a%00b").status_code == 400
    assert client.get("/m/a%00b").status_code == 400
    sent = client.post(
        "/personer/ny", data={"name": "Anna\0", "email": "a@example.org"}, headers=OWN
    )
    assert sent.status_code == 400
    assert client.get("/personer?sok=a%20b").status_code == 200


def test_a_script_gets_json(app: Flask, client: FlaskClient) -> None:
    answer = client.get("/finns-inte", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json is not None
    assert answer.json["reason"] == "unknown"


def test_a_wrong_method_and_a_form_that_is_too_large_are_explained(
    app: Flask, client: FlaskClient
) -> None:
    assert "använd knappen där" in client.get("/logga-ut").text
    app.config["MAX_CONTENT_LENGTH"] = 10
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client.post("/logga-in", data={"email": "x" * 1000})
    assert answer.status_code == 413
    assert "32 megabyte" in answer.text


def test_faults_are_listed_and_busy_is_said(app: Flask, client: FlaskClient) -> None:
    def wrong() -> Any:
        raise WrongInputError("Filen har fel.", ("Rad 1: tom.", "Rad 2: tom."))

    def busy() -> Any:
        raise BusyError("Många på en gång.")

    app.add_url_rule("/wrong", view_func=wrong)
    app.add_url_rule("/busy", view_func=busy)
    assert client.get("/wrong").status_code == 409
    assert "<li>Rad 2: tom.</li>" in client.get("/wrong").text
    assert client.get("/busy").status_code == 503
    assert "Många på en gång." in client.get("/busy").text


def test_a_page_about_our_own_fault_asks_the_database_nothing(
    app: Flask, client: FlaskClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, db, makers.person(db))

    def down(*_args: object, **_named: object) -> None:
        raise OSError("the database is down")

    monkeypatch.setattr("dialog.people.sessions.find", down)
    answer = client.get("/konto")
    assert answer.status_code == 500
    assert "Något gick fel hos oss" in answer.text
    assert "Traceback" not in answer.text


def test_an_old_page_keeps_what_was_typed_and_sends_it_again(
    app: Flask, client: FlaskClient
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    typed = {"email": "anna.almgren@example.org", "password": "hemligt", "csrf_token": "gammal"}
    answer = client.post("/logga-in?next=/konto", data=typed, headers=OWN)
    assert answer.status_code == 400
    assert "Sidan har stått öppen för länge" in answer.text
    assert 'action="/logga-in?next=/konto"' in answer.text
    assert 'value="anna.almgren@example.org"' in answer.text
    assert "hemligt" not in answer.text
    token = answer.text.split('name="csrf_token" value="')[1].split('"')[0]
    again = client.post("/logga-in", data={"email": "x@example.org", "csrf_token": token})
    assert again.status_code == 422


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {}])
def test_what_another_site_sent_is_not_offered_to_be_sent_again(
    app: Flask, client: FlaskClient, headers: dict[str, str]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client.post("/logga-in", data={"email": "forged@example.org"}, headers=headers)
    assert answer.status_code == 400
    assert "forged" not in answer.text


def test_attempts_are_counted_one_by_one_and_forgotten(app: Flask) -> None:
    with app.test_request_context():
        for _ in range(3):
            limits.count("try", "anna", at_most="3 per hour")
        with pytest.raises(Exception, match="Vänta"):
            limits.count("try", "anna", at_most="3 per hour", sentence="Vänta.")
        limits.count("try", "bo", at_most="3 per hour")
        limits.forget("try", "anna", at_most="3 per hour")
        limits.count("try", "anna", at_most="3 per hour")
