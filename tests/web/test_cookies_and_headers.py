from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.application import create_app
from dialog.people.accounts import set_password
from dialog.settings import from_environment
from tests import makers

PUBLIC = ["/", "/om", "/om/anonymitet", "/om/behorigheter", "/tillganglighet", "/health"]


@pytest.mark.parametrize("path", [*PUBLIC, "/finns-inte", "/glomt-losenordet/skickat"])
def test_a_public_page_sets_no_cookie(client: FlaskClient, path: str) -> None:
    assert "Set-Cookie" not in client.get(path).headers


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(
    client: FlaskClient, db: Session
) -> None:
    anna = makers.person(db)
    set_password(db, person_id=anna.id, password="fyra ord i en rad")
    db.commit()
    data = {"email": anna.email, "password": "fyra ord i en rad"}
    cookie = client.post("/logga-in", data=data).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" not in cookie
    assert anna.email not in cookie


def test_over_https_every_cookie_is_secure(tmp_path: Path) -> None:
    app = create_app(
        from_environment(
            DIALOG_INSTANCE=str(tmp_path), DIALOG_BASE_URL="https://dialog.example.org"
        )
    )
    client = app.test_client()
    for path in ("/logga-in", "/sprak/en"):
        assert "Secure" in client.get(path).headers["Set-Cookie"]
    assert "max-age" in client.get("/sprak/sv").headers["Strict-Transport-Security"]
    app.extensions["engine"].dispose()


def test_no_page_allows_inline_script_or_style(client: FlaskClient) -> None:
    for path in (*PUBLIC[:5], "/logga-in", "/valj-losenord"):
        answer = client.get(path)
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert " style=" not in answer.text
        assert " onclick=" not in answer.text
        assert "<script>" not in answer.text


def test_the_chosen_language_is_remembered_and_leads_back(client: FlaskClient) -> None:
    answer = client.get("/sprak/en?next=/om")
    assert answer.location == "/om"
    assert "About Dialog" in client.get("/om").text
    client.get("/sprak/sv?next=//evil.example")
    assert "Om Dialog" in client.get("/om").text
    assert client.get("/sprak/de").status_code == 404
    assert client.get("/sprak/en?next=//evil.example").location == "/"


def test_the_browser_decides_until_something_is_chosen(client: FlaskClient) -> None:
    for wanted, word in (("en-GB,en;q=0.9", "About"), ("de", "Om"), ("sv", "Om")):
        assert f"<h1>{word} Dialog" in client.get("/om", headers={"Accept-Language": wanted}).text
