from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.cli import dialog
from dialog.core.errors import RefusedError
from dialog.people import commands
from dialog.people.models import Role, RoleGrant
from dialog.settings import Settings
from dialog.storage import migrating
from tests import makers
from tests.conftest import sign_in

Run = Callable[..., Result]


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line over the test's database, whose tables exist already."""
    monkeypatch.setattr(commands, "from_environment", lambda: settings)
    monkeypatch.setattr(migrating, "upgrade", lambda _side, _url: None)

    def invoke(*words: str) -> Result:
        return CliRunner().invoke(dialog, ["person", *words])

    return invoke


def test_the_first_administrator_is_made_on_the_command_line(
    run: Run, client: FlaskClient, db: Session
) -> None:
    result = run("add", "--name", "Första", "--email", "F@example.org", "--role", "administrator")
    assert result.exit_code == 0, result.output
    code = result.output.strip().partition("#")[2]
    data = {"code": code, "new_password": "fyra ord i en rad"}
    assert client.post("/valj-losenord", data=data).status_code == 302
    assert client.get("/personer").status_code == 200


def test_what_is_refused_is_a_sentence(run: Run, db: Session) -> None:
    makers.person(db)
    result = run("add", "--name", "Anna", "--email", "anna.almgren@example.org")
    assert isinstance(result.exception, RefusedError)
    assert isinstance(run("role", "nobody@example.org").exception, RefusedError)
    assert run("add", "--name", "X", "--email", "x@example.org", "--role", "boss").exit_code == 2


def test_roles_are_given_and_taken(run: Run, db: Session) -> None:
    anna = makers.person(db, "Anna Almgren", Role.TRUSTEE)
    result = run("role", anna.email, "--add", "analyst", "--remove", "trustee")
    assert result.output == "analyst\n"
    assert db.exec(select(RoleGrant.role)).all() == [Role.ANALYST]


def test_people_are_listed_with_their_roles(run: Run, db: Session) -> None:
    makers.administrator(db)
    makers.person(db)
    assert run("list", "--role", "administrator").output == (
        "admin.adamsson@example.org\tAdmin Adamsson\tadministrator\n"
    )
    assert len(run("list").output.splitlines()) == 2


def test_sessions_are_ended(run: Run, client: FlaskClient, db: Session) -> None:
    anna = makers.person(db)
    sign_in(client, db, anna)
    assert run("end-sessions", anna.email).output == "1 ended\n"
    assert client.get("/konto").status_code == 302


def test_a_new_link_is_printed(run: Run, db: Session) -> None:
    anna = makers.person(db)
    assert "/valj-losenord#" in run("link", anna.email).output
