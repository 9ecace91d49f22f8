from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.people import password_links
from dialog.people.accounts import close_account, set_password
from dialog.people.mails import render_password_mail
from dialog.people.models import Account, Person
from dialog.settings import Settings
from dialog.storage.clock import now
from dialog.storage.outbox import OutboxRow
from dialog.storage.rows import Row
from tests import makers

GOOD = "fyra ord i en rad"


@pytest.fixture
def anna(db: Session) -> Person:
    return makers.person(db)


@pytest.fixture
def secret(db: Session, anna: Person, settings: Settings) -> str:
    made = password_links.make_link(
        db, person_id=anna.id, key=password_links.link_key(settings.keys)
    )
    db.commit()
    return made


def choose(client: FlaskClient, code: str, password: str = GOOD) -> int:
    answer = client.post("/valj-losenord", data={"code": code, "new_password": password})
    return answer.status_code


def test_a_link_lets_its_owner_choose_a_password_and_signs_them_in(
    client: FlaskClient, secret: str
) -> None:
    assert choose(client, secret) == 302
    assert "Anna Almgren" in client.get("/konto").text


def test_a_link_works_once(app: Flask, secret: str) -> None:
    assert choose(app.test_client(), secret) == 302
    assert choose(app.test_client(), secret) == 422


def test_the_code_may_be_typed_in_groups_and_capitals(client: FlaskClient, secret: str) -> None:
    assert choose(client, f" {password_links.grouped(secret).upper()} ") == 302


def test_a_link_is_dead_after_seven_days(client: FlaskClient, secret: str) -> None:
    with time_machine.travel(now() + timedelta(days=7, minutes=1)):
        assert choose(client, secret) == 422


def test_a_new_link_ends_the_one_before(
    client: FlaskClient, db: Session, anna: Person, secret: str, settings: Settings
) -> None:
    key = password_links.link_key(settings.keys)
    newer = password_links.make_link(db, person_id=anna.id, key=key)
    db.commit()
    assert choose(client, secret) == 422
    assert choose(client, newer) == 302


def test_asking_twice_within_the_hour_gives_the_same_link(
    db: Session, anna: Person, secret: str, settings: Settings
) -> None:
    key = password_links.link_key(settings.keys)
    assert password_links.make_link(db, person_id=anna.id, key=key, anew=False) == secret
    with time_machine.travel(now() + timedelta(hours=2)):
        assert password_links.make_link(db, person_id=anna.id, key=key, anew=False) != secret


def test_a_guess_is_no_link(client: FlaskClient, secret: str) -> None:
    assert choose(client, "a" * 26) == 422
    assert choose(client, "") == 422


def test_a_weak_password_does_not_use_up_the_link(client: FlaskClient, secret: str) -> None:
    assert choose(client, secret, "kort") == 422
    assert choose(client, secret) == 302


def test_a_closed_account_or_one_who_has_left_cannot_use_a_link(
    client: FlaskClient, db: Session, anna: Person, secret: str
) -> None:
    anna.active = False
    db.commit()
    assert choose(client, secret) == 422
    anna.active = True
    close_account(db, person_id=anna.id)
    db.commit()
    assert choose(client, secret) == 422


def test_choosing_a_password_ends_every_session(
    app: Flask, db: Session, anna: Person, secret: str
) -> None:
    set_password(db, person_id=anna.id, password="ett äldre lösenord")
    key = password_links.link_key(app.extensions["settings"].keys)
    secret = password_links.make_link(db, person_id=anna.id, key=key)
    db.commit()
    other = app.test_client()
    other.post("/logga-in", data={"email": anna.email, "password": "ett äldre lösenord"})
    assert other.get("/konto").status_code == 200
    assert choose(app.test_client(), secret) == 302
    assert other.get("/konto").status_code == 302


def test_no_table_and_no_file_but_the_key_leads_to_the_secret(
    client: FlaskClient, db: Session, anna: Person, settings: Settings, tmp_path: Path
) -> None:
    client.post("/glomt-losenordet", data={"email": anna.email})
    account = db.get(Account, anna.id)
    assert account is not None
    secret = password_links.secret_of(account, key=password_links.link_key(settings.keys))
    for table in Row.metadata.sorted_tables:
        for row in db.connection().execute(sa.select(table)):
            assert secret not in str(tuple(row)), table.name
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or secret.encode() not in file.read_bytes(), file


def test_the_mail_holds_the_link_and_is_written_only_while_it_is_valid(
    client: FlaskClient, db: Session, anna: Person, settings: Settings
) -> None:
    client.post("/glomt-losenordet", data={"email": anna.email})
    duty = db.exec(select(OutboxRow)).one()
    assert duty.kind == "mail.password"
    assert duty.payload == {"person_id": str(anna.id)}
    mail = render_password_mail(db, duty.payload, settings=settings)
    assert mail is not None
    assert mail["To"] == "Anna Almgren <anna.almgren@example.org>"
    assert all(mail[name] for name in ("Date", "Message-ID"))  # else many servers take it for spam
    assert mail["Auto-Submitted"] == "auto-generated"
    db.commit()  # on SQLite one writes at a time
    link = next(line for line in mail.get_content().split() if "/valj-losenord#" in line)
    assert choose(client, link.partition("#")[2]) == 302
    db.expire_all()
    assert render_password_mail(db, duty.payload, settings=settings) is None


def test_the_mail_is_in_the_language_of_its_reader(
    client: FlaskClient, db: Session, anna: Person, secret: str, settings: Settings
) -> None:
    anna.language = "en"
    db.commit()
    mail = render_password_mail(db, {"person_id": str(anna.id)}, settings=settings)
    assert mail is not None
    assert mail["Subject"] == "Choose your password in Dialog"


def test_who_has_an_account_is_not_told_by_asking_for_a_link(
    client: FlaskClient, db: Session, anna: Person, settings: Settings
) -> None:
    known = client.post("/glomt-losenordet", data={"email": anna.email})
    unknown = client.post("/glomt-losenordet", data={"email": "nobody@example.org"})
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert client.get(unknown.location).status_code == 200
    written = [render_password_mail(db, row.payload, settings=settings) is not None
               for row in db.exec(select(OutboxRow))]  # fmt: skip
    assert sorted(written) == [False, True]


def test_asking_for_a_link_again_and_again_is_stopped_with_a_sentence(
    client: FlaskClient, anna: Person
) -> None:
    for _ in range(3):
        client.post("/glomt-losenordet", data={"email": anna.email})
    answer = client.post("/glomt-losenordet", data={"email": anna.email.upper()})
    assert answer.status_code == 429
    assert "försök igen om en timme" in answer.text
    assert int(answer.headers["Retry-After"]) > 0
