"""Following by mail: confirmed by a link, ended by one click, and nobody is told who follows."""

import re
from datetime import timedelta
from email.message import EmailMessage

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.commitments import following, owning
from dialog.commitments.models import CommitmentFollower
from dialog.storage import mailing
from dialog.storage.clock import today
from dialog.storage.outbox import OutboxRow
from tests import makers
from tests.commitments.cast import SERIES, Cast
from tests.conftest import sign_in

PAGE = "/ni-sa-vi-gjorde/folj"
EMAIL = "foljare@example.org"


def ask(client: FlaskClient, what: str = "all", email: str = EMAIL) -> str:
    answer = client.post(PAGE, data={"email": email, "what": what})
    assert answer.location == f"{PAGE}/skickat"
    return client.get(answer.location).text


def link(cast: Cast) -> str:
    """The path of the secret link in the last mail."""
    found = re.findall(r"(/ni-sa-vi-gjorde/folj/[a-z2-7]{32})\n", cast.letters()[-1] + "\n")
    return str(found[-1])


def follow(client: FlaskClient, cast: Cast, what: str = "all", email: str = EMAIL) -> str:
    cast.forget_letters()
    ask(client, what, email)
    cast.work()
    secret = link(cast)
    assert client.post(secret).location == secret
    cast.forget_letters()
    return secret


def followers(db: Session) -> int:
    number = len(db.exec(select(CommitmentFollower)).all())
    db.commit()
    return number


def test_nothing_is_sent_until_the_link_is_confirmed(
    app: Flask, client: FlaskClient, db: Session, outside: Cast
) -> None:
    ask(client)
    outside.work()
    (letter,) = outside.letters()
    assert f"To: {EMAIL}" in letter
    assert "Bekräfta här inom 7 dagar" in letter
    secret = link(outside)
    assert "Ja, mejla mig" in client.get(secret).text  # opening the link confirms nothing
    with app.test_request_context():
        outside.accepted()
    outside.work()
    assert len([one for one in outside.letters() if EMAIL in one]) == 1
    client.post(secret)
    with app.test_request_context():
        made = outside.accepted(title="Bättre stolar")
    outside.work()
    (told,) = [one for one in outside.letters() if "Lovat: Bättre stolar" in one]
    assert f"/ni-sa-vi-gjorde/{made.id}" in told
    assert secret in told


def test_one_click_ends_it_and_deletes_the_address_without_a_page_of_ours_before(
    client: FlaskClient, db: Session, outside: Cast
) -> None:
    secret = follow(client, outside)
    client.application.config["WTF_CSRF_ENABLED"] = True
    mail_program = client.application.test_client()  # has no cookie and no token
    answer = mail_program.post(f"{secret}/avsluta", data={"List-Unsubscribe": "One-Click"})
    assert answer.location == f"{PAGE}/avslutat"
    assert followers(db) == 0
    again = mail_program.post(f"{secret}/avsluta")
    assert (again.status_code, again.location) == (answer.status_code, answer.location)
    gone = client.get(secret)
    assert gone.status_code == 404
    assert "finns inte kvar" in gone.text


def test_mail_programs_are_told_where_to_post(
    app: Flask, client: FlaskClient, outside: Cast
) -> None:
    secret = follow(client, outside)
    with app.test_request_context():
        outside.accepted()
    outside.work()
    (letter,) = [one for one in outside.letters() if f"To: {EMAIL}" in one]
    assert f"List-Unsubscribe: <{outside.settings.base_url}{secret}/avsluta>" in letter
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in letter


def test_asking_answers_the_same_whether_the_address_follows_or_not(
    client: FlaskClient, db: Session, outside: Cast
) -> None:
    first = ask(client)
    outside.work()
    assert "Klart." in client.post(link(outside), follow_redirects=True).text
    assert ask(client) == first
    assert followers(db) == 1
    outside.forget_letters()
    outside.work()
    assert "Du följer redan" in outside.letters()[0]


def test_one_address_cannot_be_filled_with_mail(client: FlaskClient, outside: Cast) -> None:
    for _time in range(5):
        ask(client)
    assert client.post(PAGE, data={"email": EMAIL.upper(), "what": "all"}).status_code == 429
    ask(client, email="annan@example.org")


def test_a_follower_of_a_series_or_a_forvaltning_is_told_of_that_once(
    app: Flask, client: FlaskClient, outside: Cast
) -> None:
    with app.test_request_context():
        outside.accepted()
    follow(client, outside, f"series:{SERIES}")
    follow(client, outside, "forvaltning:F1")
    with app.test_request_context():
        outside.accepted(title="Båda")
        outside.accepted(title="Förvaltningens", series="En annan serie")
        outside.accepted(title="Andras", series="Tredje", forvaltning_id=outside.other.id)
    outside.work()
    told = "\n".join(one for one in outside.letters() if f"To: {EMAIL}" in one)
    assert told.count("Subject: Lovat: Båda") == 1
    assert (
        told.count("Subject: Lovat: =?utf-8?q?F=C3=B6rvaltningens?=")
        + told.count("Subject: Lovat: Förvaltningens")
        == 1
    )
    assert "Andras" not in told


def test_a_duty_that_is_done_twice_asks_for_each_mail_once(
    app: Flask, client: FlaskClient, db: Session, outside: Cast
) -> None:
    follow(client, outside)
    with app.test_request_context():
        outside.accepted()
    outside.work()
    for row in db.exec(select(OutboxRow).where(OutboxRow.kind == "commitment.news")):
        row.done_at = None
        db.add(row)
    db.commit()
    outside.work()
    assert len([one for one in outside.letters() if f"To: {EMAIL}" in one]) == 1


def test_a_proposal_is_no_news(app: Flask, client: FlaskClient, outside: Cast) -> None:
    follow(client, outside)
    with app.test_request_context():
        made = outside.propose()
        owning.drop(outside.db, commitment=made, by=outside.owner.id, reason="Inte vi.")
    outside.work()
    assert not any(f"To: {EMAIL}" in one for one in outside.letters())


def test_addresses_that_nobody_confirms_are_deleted_after_a_week(
    client: FlaskClient, db: Session, outside: Cast
) -> None:
    follow(client, outside)
    ask(client, email="annan@example.org")
    for each in db.exec(select(CommitmentFollower)):
        each.asked_on = today() - timedelta(days=8)
        db.add(each)
    db.commit()
    following.forget_unconfirmed(makers.desk(db))
    assert [each.email for each in db.exec(select(CommitmentFollower))] == [EMAIL]


def test_the_secret_stands_in_no_table_and_no_duty(
    client: FlaskClient, db: Session, outside: Cast
) -> None:
    secret = follow(client, outside).rsplit("/", 1)[1]
    follower = db.exec(select(CommitmentFollower)).one()
    assert secret not in follower.model_dump_json()
    for row in db.exec(select(OutboxRow)):
        assert secret not in f"{row.key}{row.payload}"
        assert EMAIL not in f"{row.key}{row.payload}"


def test_when_the_key_was_lost_the_link_in_the_next_mail_works(
    app: Flask, client: FlaskClient, db: Session, outside: Cast
) -> None:
    old = follow(client, outside)
    (outside.settings.keys / "commitment-follow").unlink()
    with app.test_request_context():
        outside.accepted()
    outside.work()
    new = link(outside)
    assert new != old
    client.post(f"{new}/avsluta")
    assert followers(db) == 0


def test_an_address_that_takes_no_mail_is_forgotten(
    app: Flask, client: FlaskClient, db: Session, outside: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(client, outside)

    def refuse(_mailer: object, message: EmailMessage) -> None:
        raise mailing.UndeliverableError("550")

    monkeypatch.setattr(mailing.FolderMailer, "send", refuse)
    with app.test_request_context():
        outside.accepted()
    outside.work()
    assert followers(db) == 0


def test_what_cannot_be_an_address_is_answered_and_what_was_typed_stays(
    client: FlaskClient, db: Session, outside: Cast
) -> None:
    answer = client.post(PAGE, data={"email": "inte en adress", "what": "all"})
    assert answer.status_code == 422
    assert "inte en adress" in answer.text
    assert followers(db) == 0


def test_one_sees_what_ones_own_address_follows(
    client: FlaskClient, db: Session, outside: Cast
) -> None:
    follow(client, outside, email=outside.owner.email)
    page = sign_in(client, db, outside.owner).get("/konto/om-mig").text
    assert "Din e-postadress får mejl om allt som lovas" in page
