from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from dialog.core.errors import RefusedError
from dialog.people.models import Person
from dialog.web.database import session, writing_a_note


def add(how: str) -> Any:
    session().add(Person(name="Anna Almgren", email="anna.almgren@example.org"))
    session().flush()
    if how == "refused":
        raise RefusedError("Det går inte.")
    if how == "broken":
        raise KeyError("anna.almgren@example.org")
    return "", {"fine": 200, "found": 302, "wrong": 422, "down": 503}[how]


@pytest.fixture(autouse=True)
def _routes(app: Flask) -> None:
    app.testing = False
    app.register_error_handler(Exception, _shown_as_users_see_it(app))
    app.add_url_rule("/try/<how>", view_func=add, methods=["GET", "POST"])


def _shown_as_users_see_it(app: Flask) -> Any:
    from dialog.web.errors import _unexpected  # noqa: PLC0415 - conftest took the handler away

    return _unexpected


@pytest.mark.parametrize(
    ("how", "status", "kept"),
    [
        ("fine", 200, 1),
        ("found", 302, 1),
        ("wrong", 422, 0),
        ("down", 503, 0),
        ("refused", 409, 0),
        ("broken", 500, 0),
    ],
)
def test_what_a_view_wrote_is_kept_only_if_it_succeeded(
    client: FlaskClient, db: Session, how: str, status: int, kept: int
) -> None:
    assert client.post(f"/try/{how}").status_code == status
    assert len(db.exec(select(Person)).all()) == kept


def test_a_commit_that_fails_is_a_page_and_keeps_nothing(
    client: FlaskClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_session: Session) -> None:
        raise OperationalError("COMMIT", {}, Exception("disk full"))

    with monkeypatch.context() as patched:
        patched.setattr(Session, "commit", fail)
        answer = client.post("/try/fine")
    assert answer.status_code == 500
    assert "Något gick fel hos oss" in answer.text
    assert db.exec(select(Person)).all() == []


def test_a_get_writes_nothing(client: FlaskClient, db: Session) -> None:
    client.get("/try/fine")
    assert db.exec(select(Person)).all() == []


def test_a_note_waits_for_nobody_on_sqlite(app: Flask, db: Session) -> None:
    if db.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL locks rows, not the database.")
    db.add(Person(name="Bo Berg", email="bo.berg@example.org"))
    db.flush()
    with app.app_context(), pytest.raises(OperationalError), writing_a_note() as note:
        note.add(Person(name="Anna Almgren", email="anna.almgren@example.org"))
    db.rollback()
    with app.app_context(), writing_a_note() as note:
        note.add(Person(name="Anna Almgren", email="anna.almgren@example.org"))
    assert len(db.exec(select(Person)).all()) == 1
