"""A log line tells what happened, never to whom."""

import json
import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.people.accounts import set_password
from dialog.people.models import Person
from dialog.web import errors
from dialog.web.database import session
from tests import makers
from tests.conftest import sign_in

PASSWORD = "fyra ord i en rad"


def test_signing_in_failing_searching_and_erring_leaves_no_person_in_any_log(
    capfd: pytest.CaptureFixture[str],  # first: the application's log goes where it then leads
    app: Flask,
    client: FlaskClient,
    db: Session,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    app.testing = False
    app.register_error_handler(Exception, errors._unexpected)
    app.add_url_rule("/dubbel", view_func=_twice, methods=["POST"])
    app.add_url_rule("/trasig/<email>", view_func=_broken)
    anna = makers.administrator(db)
    set_password(db, person_id=anna.id, password=PASSWORD)
    db.commit()
    client.post("/logga-in", data={"email": anna.email, "password": "fel lösenord"})
    client.post("/logga-in?next=/konto", data={"email": anna.email, "password": PASSWORD})
    client.post("/glomt-losenordet", data={"email": anna.email})
    client.get("/personer?sok=Adamsson")
    client.get(f"/personer/{anna.id}")
    client.get(f"/finns/inte/{anna.id}")
    assert client.post("/dubbel").status_code == 500
    assert client.get(f"/trasig/{anna.email}").status_code == 500
    client.post("/logga-ut")
    written = capfd.readouterr()
    lines = written.out + written.err + caplog.text
    for private in ("adamsson", str(anna.id), PASSWORD, "fel lösenord", "sok=", "next=", "127.0"):
        assert private not in lines.lower(), private
    events = [json.loads(line) for line in written.err.splitlines()]
    assert {event["event"] for event in events} == {"request", "unexpected"}
    assert [event["error"] for event in events if event["event"] == "unexpected"] == [
        "IntegrityError",
        "KeyError",
    ]


def _twice() -> str:
    for _ in range(2):
        session().add(Person(name="Admin Adamsson", email="twice.adamsson@example.org"))
    session().flush()
    return ""


def _broken(email: str) -> str:
    raise KeyError(email)


def test_a_commit_that_fails_is_noted_without_its_values(
    capfd: pytest.CaptureFixture[str],
    app: Flask,
    client: FlaskClient,
    db: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app.testing = False
    app.register_error_handler(Exception, errors._unexpected)
    anna = makers.person(db)
    sign_in(client, db, anna)

    def fail(_session: Session) -> None:
        raise OSError(anna.email)

    monkeypatch.setattr(Session, "commit", fail)
    assert client.post("/konto/avsluta").status_code == 500
    written = capfd.readouterr().err
    assert anna.email not in written
    assert '"error": "OSError"' in written


def test_what_is_refused_before_a_page_without_traces_leaves_none(
    capfd: pytest.CaptureFixture[str], app: Flask, client: FlaskClient
) -> None:
    capfd.readouterr()
    assert client.post("/begar-ut", data={"text": "NUL \0"}).status_code == 400
    app.config["MAX_CONTENT_LENGTH"] = 10
    assert client.post("/kvittens", data={"code": "1" * 1000}).status_code == 413
    assert "".join(capfd.readouterr()) == ""
