"""Notices go to the address that a representative chooses, once it is confirmed by its link."""

import re
from datetime import timedelta
from email import message_from_bytes, policy
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.people.models import Person, Role
from dialog.storage import mailing
from dialog.storage.clock import today
from dialog.unions import addresses, notices
from dialog.unions.models import NoticeAddress
from tests import makers
from tests.conftest import sign_in
from tests.unions.cast import Cast

ADDRESS = "vera@facket.example"


def chosen(cast: Cast, client: FlaskClient) -> UUID:
    """Vera has chosen an address, and the mail to it has been sent."""
    made = cast.mandate(cast.vera).id
    sign_in(client, cast.db, cast.vera)
    page = client.post(
        f"/mina-uppdrag/{made}/adress", data={"email": ADDRESS}, follow_redirects=True
    )
    assert f"{ADDRESS} väntar på att du följer länken" in page.text
    cast.work()
    return made


def link(cast: Cast) -> str:
    """The path that stands in the only mail there is, which names nobody and no union."""
    (path,) = cast.settings.mail.glob("*.eml")
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["To"] == ADDRESS
    assert message["Sensitivity"] == "Private"
    text = path.read_text()
    assert not re.search("Vera|Ljung|MBL|fack(?!et.example)|union", text)
    return str(re.findall(r"/uppdragsadress/\w+", text)[0])


def test_it_is_used_when_its_link_was_followed_and_its_button_pressed(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Cast(app, db)
    chosen(cast, client)
    where = [(cast.vera.id, cast.body.id)]
    stranger, path = app.test_client(), link(cast)
    shown = stranger.get(path)
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert not re.search("Vera|Ljung|MBL|facket", shown.text)
    assert notices.chosen(db, people=where) == {}
    db.commit()
    assert stranger.post(path).status_code == 302
    db.expire_all()
    assert notices.chosen(db, people=where)[cast.vera.id].notice_email == ADDRESS
    assert db.exec(select(NoticeAddress)).first() is None
    db.commit()
    assert stranger.get(path).status_code == 404
    assert stranger.post(path).status_code == 404


def test_ones_own_address_needs_no_link_and_takes_the_other_away(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Cast(app, db)
    made = chosen(cast, client)
    app.test_client().post(link(cast))
    page = f"/mina-uppdrag/{made}/adress"
    sent = client.post(page, data={"email": cast.vera.email}, follow_redirects=True)
    assert "Meddelandena går till den adressen" in sent.text
    assert notices.chosen(db, people=[(cast.vera.id, cast.body.id)]) == {}


def test_an_address_that_nobody_confirmed_in_a_week_is_forgotten(
    app: Flask, client: FlaskClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = Cast(app, db)
    chosen(cast, client)
    path = link(cast)
    addresses.forget_unconfirmed(makers.desk(db))
    assert app.test_client().get(path).status_code == 200
    later = today() + timedelta(days=8)
    monkeypatch.setattr(addresses, "today", lambda: later)
    assert app.test_client().get(path).status_code == 404
    addresses.forget_unconfirmed(makers.desk(db))
    db.expire_all()
    assert db.exec(select(NoticeAddress)).first() is None


def test_that_it_takes_no_mail_is_told_to_its_owner_alone(
    app: Flask, client: FlaskClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise mailing.UndeliverableError("550")

    cast = Cast(app, db)
    monkeypatch.setattr(mailing.FolderMailer, "send", refuse)
    chosen(cast, client)
    assert "kom inte fram" in client.get("/mina-uppdrag").text
    vera = db.get_one(Person, cast.vera.id)
    assert vera.mail_problem == ""


def test_an_administrator_does_not_read_it_where_mail_waits_in_a_folder(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Cast(app, db)
    chosen(cast, client)
    (path,) = cast.settings.mail.glob("*.eml")
    sign_in(client, db, makers.person(db, "Ada Admin", Role.ADMINISTRATOR))
    assert ADDRESS not in client.get("/utvecklingspost").text
    assert client.get(f"/utvecklingspost/{path.stem}").status_code == 404
    assert ADDRESS not in client.get("/utvecklingspost?sok=facket").text.replace(
        'value="facket"', ""
    )
