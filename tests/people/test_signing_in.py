from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.people import passwords
from dialog.people.accounts import close_account, open_account, set_password
from dialog.people.devices import kind_of_device
from dialog.people.models import Account, Person, SignIn
from dialog.storage.clock import now
from dialog.storage.engine import make_sessions
from tests import makers
from tests.conftest import sign_in as give_session

PASSWORD = "fyra ord i en rad"


@pytest.fixture
def anna(db: Session) -> Person:
    person = makers.person(db)
    set_password(db, person_id=person.id, password=PASSWORD)
    db.commit()
    return person


def enter(client: FlaskClient, email: str, password: str = PASSWORD, back: str = "") -> int:
    address = f"/logga-in?next={back}" if back else "/logga-in"
    return client.post(address, data={"email": email, "password": password}).status_code


def test_the_right_password_lets_in(client: FlaskClient, anna: Person) -> None:
    assert enter(client, " Anna.Almgren@Example.org ") == 302
    assert "Anna Almgren" in client.get("/konto").text


def test_a_wrong_password_an_unknown_address_and_no_password_get_the_same_answer(
    app: Flask, db: Session, anna: Person
) -> None:
    new = makers.person(db, "Ny Nilsson")
    pages = []
    for email in (anna.email, "nobody@example.org", new.email):
        answer = app.test_client().post("/logga-in", data={"email": email, "password": "fel"})
        assert answer.status_code == 422
        pages.append(answer.text.replace(email, ""))
    assert pages[0] == pages[1] == pages[2]
    assert "hör inte ihop" in pages[0]


def test_the_typed_address_stays_after_a_wrong_password(client: FlaskClient, anna: Person) -> None:
    answer = client.post("/logga-in", data={"email": anna.email, "password": "fel"})
    assert f'value="{anna.email}"' in answer.text
    assert 'value="fel"' not in answer.text


@pytest.mark.parametrize("why", ["closed", "left"])
def test_whoever_is_closed_out_or_has_left_is_not_let_in(
    client: FlaskClient, db: Session, anna: Person, why: str
) -> None:
    if why == "closed":
        close_account(db, person_id=anna.id)
    else:
        anna.active = False
    db.commit()
    assert enter(client, anna.email) == 422


def test_an_opened_account_lets_in_again_with_the_same_password(
    client: FlaskClient, db: Session, anna: Person
) -> None:
    close_account(db, person_id=anna.id)
    open_account(db, person_id=anna.id)
    db.commit()
    assert enter(client, anna.email) == 302


def test_ten_wrong_attempts_stop_the_eleventh_though_it_is_right(
    client: FlaskClient, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "matches", lambda _hash, password: password == PASSWORD)
    for _ in range(10):
        assert enter(client, anna.email, "fel") == 422
    answer = client.post("/logga-in", data={"email": anna.email, "password": PASSWORD})
    assert answer.status_code == 429
    assert "Vänta en kvart" in answer.text


def test_attempts_on_one_account_do_not_stop_another_from_the_same_address(
    client: FlaskClient, db: Session, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "matches", lambda _hash, password: password == PASSWORD)
    for _ in range(11):
        enter(client, "somebody.else@example.org", "fel")
    assert enter(client, anna.email) == 302


def test_a_right_password_forgets_the_wrong_ones_before(
    app: Flask, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "matches", lambda _hash, password: password == PASSWORD)
    for _ in range(3):
        for _ in range(6):
            enter(app.test_client(), anna.email, "fel")
        assert enter(app.test_client(), anna.email) == 302


@pytest.mark.parametrize(
    ("back", "goes_to"),
    [
        ("/konto", "/konto"),
        ("/personer?sok=a%26b", "/personer?sok=a&b"),
        ("https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/%5Cevil.example", "/"),
        ("/%09/evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_after_signing_in_one_is_sent_only_to_own_pages(
    client: FlaskClient, anna: Person, back: str, goes_to: str
) -> None:
    data = {"email": anna.email, "password": PASSWORD}
    assert client.post(f"/logga-in?next={back}", data=data).location == goes_to


def test_signing_in_gives_a_new_session_and_ends_the_one_before(
    client: FlaskClient, db: Session, anna: Person
) -> None:
    enter(client, anna.email)
    with client.session_transaction() as cookie:
        first, cookie["planted"] = cookie["_user_id"], "by somebody else"
    enter(client, anna.email)
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != first
        assert "planted" not in cookie
    assert len(db.exec(select(SignIn)).all()) == 1


def test_no_token_stands_in_the_database(client: FlaskClient, db: Session, anna: Person) -> None:
    enter(client, anna.email)
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    assert db.exec(select(SignIn)).one().token_hash != token


def test_signing_out_ends_the_session_itself_not_only_the_cookie(
    client: FlaskClient, db: Session, anna: Person
) -> None:
    enter(client, anna.email)
    cookie = client.get_cookie("dialog")
    assert cookie is not None
    client.post("/logga-ut")
    client.set_cookie("dialog", cookie.value)
    assert client.get("/konto").status_code == 302
    assert db.exec(select(SignIn)).all() == []


@pytest.mark.parametrize(
    ("steps", "status"),
    [
        ([timedelta(minutes=119)], 200),
        ([timedelta(minutes=121)], 302),
        ([timedelta(minutes=100)] * 7, 200),
        ([timedelta(minutes=100)] * 8, 302),
    ],
)
def test_a_session_ends_after_two_idle_hours_and_after_twelve_in_all(
    client: FlaskClient, anna: Person, steps: list[timedelta], status: int
) -> None:
    enter(client, anna.email)
    moment = now()
    for step in steps:
        moment += step
        with time_machine.travel(moment):
            answer = client.get("/konto")
    assert answer.status_code == status


def test_when_somebody_was_last_seen_is_noted_every_five_minutes_at_most(
    client: FlaskClient, db: Session, anna: Person
) -> None:
    def seen() -> object:
        db.rollback()
        return db.exec(select(SignIn.seen_at)).one()

    enter(client, anna.email)
    started = seen()
    db.rollback()
    with time_machine.travel(now() + timedelta(minutes=4)):
        client.get("/konto")
    assert seen() == started
    db.rollback()
    with time_machine.travel(now() + timedelta(minutes=6)):
        client.get("/konto")
    assert seen() != started


def test_a_page_is_shown_though_somebody_else_is_writing(
    app: Flask, client: FlaskClient, db: Session, anna: Person
) -> None:
    enter(client, anna.email)
    with make_sessions(app.extensions["engine"])() as other:
        other.add(Person(name="Någon", email="nagon@example.org"))
        other.flush()
        with time_machine.travel(now() + timedelta(minutes=6), tick=False):
            assert client.get("/konto").status_code == 200
        other.rollback()


def test_an_outdated_hash_is_renewed_at_sign_in(
    client: FlaskClient, db: Session, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = db.get(Account, anna.id)
    assert account is not None
    before = account.password_hash
    db.commit()
    monkeypatch.setattr(passwords, "is_outdated", lambda _hash: True)
    assert enter(client, anna.email) == 302
    db.refresh(account)
    assert account.password_hash != before
    assert passwords.matches(account.password_hash, PASSWORD)


def test_hashing_holds_no_lock(
    app: Flask, client: FlaskClient, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_meanwhile(*_args: str) -> bool:
        with make_sessions(app.extensions["engine"], patient=False)() as other:
            other.add(Person(name="Någon", email=f"{now().timestamp()}@example.org"))
            other.commit()
        return True

    monkeypatch.setattr(passwords, "matches", write_meanwhile)
    assert enter(client, anna.email) == 302
    data = {"password": PASSWORD, "new_password": "ett helt nytt lösenord"}
    assert client.post("/konto/losenord", data=data).status_code == 302


def test_only_the_present_password_lets_one_choose_another(
    app: Flask, client: FlaskClient, anna: Person
) -> None:
    enter(client, anna.email)
    other = app.test_client()
    enter(other, anna.email)
    data = {"password": "fel", "new_password": "ett helt nytt lösenord"}
    assert client.post("/konto/losenord", data=data).status_code == 422
    assert client.post("/konto/losenord", data={**data, "password": PASSWORD}).status_code == 302
    assert client.get("/konto").status_code == 200
    assert other.get("/konto").status_code == 302
    assert enter(app.test_client(), anna.email, "ett helt nytt lösenord") == 302


def test_one_sees_ones_sessions_and_ends_one_or_all_others(app: Flask, anna: Person) -> None:
    agents = {"Firefox/140.0 Android": "Firefox, Android", "Chrome/140 Windows": "Chrome, Windows"}
    clients = []
    for agent in (*agents, "Safari iPhone"):
        client = app.test_client()
        client.environ_base["HTTP_USER_AGENT"] = agent
        enter(client, anna.email)
        clients.append(client)
    page = clients[2].get("/konto").text
    assert all(name in page for name in agents.values())
    handle = page.split('name="called" value="')[1].split('"')[0]
    clients[2].post("/konto/avsluta", data={"called": handle})
    assert sorted(client.get("/konto").status_code for client in clients) == [200, 200, 302]
    clients[2].post("/konto/avsluta", data={"called": "others"})
    assert [client.get("/konto").status_code for client in clients] == [302, 302, 200]


def test_nobody_ends_the_session_of_another(
    app: Flask, client: FlaskClient, db: Session, anna: Person
) -> None:
    enter(client, anna.email)
    handle = db.exec(select(SignIn.token_hash)).one()[:16]
    stranger = give_session(app.test_client(), db, makers.person(db, "Bo Berg"))
    stranger.post("/konto/avsluta", data={"called": handle})
    assert client.get("/konto").status_code == 200


def test_a_cookie_that_turns_up_elsewhere_reads_but_gives_no_roles(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    boss = give_session(client, db, makers.administrator(db))
    mine = boss.get_cookie("dialog")
    assert mine is not None
    thief = app.test_client()
    thief.set_cookie("dialog", mine.value)
    thief.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert thief.get("/personer").status_code == 200
    person = makers.person(db)
    answer = thief.post(f"/personer/{person.id}/roller", data={"roles": "administrator"})
    assert answer.location.startswith("/logga-in?")
    assert boss.post(f"/personer/{person.id}/roller", data={}).location == f"/personer/{person.id}"


def test_nobody_signed_in_is_asked_to_and_comes_back(client: FlaskClient, anna: Person) -> None:
    answer = client.get("/konto?a=1")
    assert answer.location == "/logga-in?next=/konto?a%3D1"


def test_what_was_typed_is_not_lost_with_the_session(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    answer = client.post(
        "/personer/ny",
        data={"name": "Namn som skrevs"},
        headers={"Origin": "http://localhost"},
    )
    assert answer.status_code == 401
    assert 'value="Namn som skrevs"' in answer.text


def test_a_script_is_told_in_json(client: FlaskClient) -> None:
    answer = client.get("/konto", headers={"Content-Type": "application/json"})
    assert answer.status_code == 401
    assert answer.json is not None
    assert answer.json["reason"] == "signed-out"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
            "Firefox, Android",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140 Safari Edg/140", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604", "Safari, iPhone"),
        ("curl/8", ""),
    ],
)
def test_a_device_is_named_without_its_version(agent: str, name: str) -> None:
    assert kind_of_device(agent) == name
