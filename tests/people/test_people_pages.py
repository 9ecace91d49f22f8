import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.people.models import Account, Person, Role, RoleGrant, SignIn
from dialog.people.queries import people_page
from dialog.storage.outbox import OutboxRow
from tests import makers
from tests.conftest import sign_in
from tests.counting import statements


def names(db: Session, **asked: object) -> list[str]:
    return [who.name for who in people_page(db, **asked).people]  # type: ignore[arg-type]  # each test passes what it names


def test_people_stand_in_swedish_order(db: Session) -> None:
    for name in ("Östen Ö", "Ärla Ä", "Åke Å", "zeta z", "Yngve Y", "Bo B"):
        makers.person(db, name)
    assert names(db) == ["Bo B", "Yngve Y", "zeta z", "Åke Å", "Ärla Ä", "Östen Ö"]


def test_search_finds_parts_of_names_and_addresses_whatever_the_case(db: Session) -> None:
    makers.person(db, "Åsa Öberg", email="a.oberg@example.org")
    makers.person(db, "Bo Berg", email="bo_berg@example.org")
    assert names(db, search="åSA") == ["Åsa Öberg"]
    assert names(db, search="ÖBERG") == ["Åsa Öberg"]
    assert names(db, search="berg bo") == ["Bo Berg"]
    assert names(db, search="A.OBERG@") == ["Åsa Öberg"]
    assert names(db, search="bo_b") == ["Bo Berg"]
    assert names(db, search="b%b") == []
    assert names(db, search="asa") == []


def test_the_list_is_filtered_by_role_and_comes_in_pages(db: Session) -> None:
    for number in range(51):
        makers.person(db, f"Person {number:02}")
    makers.administrator(db)
    first, second = people_page(db, search="person"), people_page(db, search="person", number=2)
    assert (len(first.people), len(second.people), first.last, first.total) == (50, 1, 2, 51)
    assert people_page(db, number=99).number == 2
    assert names(db, role=Role.ADMINISTRATOR) == ["Admin Adamsson"]


def test_the_list_asks_as_much_of_few_as_of_many(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    sign_in(client, db, makers.administrator(db))

    def asked() -> int:
        with statements(app.extensions["engine"]) as sent:
            assert client.get("/personer").status_code == 200
        return len(sent)

    few = asked()
    db.execute(
        sa.insert(Person),
        [{"name": f"Person {number}", "email": f"p{number}@example.org"} for number in range(300)],
    )
    db.commit()
    assert asked() == few <= 5


def test_an_administrator_adds_a_person_with_roles(client: FlaskClient, db: Session) -> None:
    boss = makers.administrator(db)
    sign_in(client, db, boss)
    data = {"name": " Ny Nyman ", "email": "Ny.Nyman@Example.org", "roles": ["analyst", "trustee"]}
    answer = client.post("/personer/ny", data=data)
    page = client.get(answer.location).text
    assert "Ny Nyman" in page
    assert "Gavs" in page
    assert "av Admin Adamsson" in page
    grants = db.exec(select(RoleGrant).where(RoleGrant.granted_by == boss.id)).all()
    assert {grant.role for grant in grants} == {Role.ANALYST, Role.TRUSTEE}


def test_a_person_is_not_added_twice_or_without_an_address(
    client: FlaskClient, db: Session
) -> None:
    sign_in(client, db, makers.administrator(db))
    for email, sentence in (
        ("admin.adamsson@example.org", "Det finns redan en person"),
        ("inte en adress", "Det är inte en e-postadress"),
    ):
        answer = client.post("/personer/ny", data={"name": "Ny Nyman", "email": email})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert 'value="Ny Nyman"' in answer.text
    assert len(db.exec(select(Person)).all()) == 1


def test_roles_apply_at_once(app: Flask, client: FlaskClient, db: Session) -> None:
    anna = makers.person(db)
    sign_in(client, db, anna)
    boss = sign_in(app.test_client(), db, makers.administrator(db))
    assert client.get("/enkater").status_code == 404
    boss.post(f"/personer/{anna.id}/roller", data={"roles": ["analyst"]})
    assert client.get("/enkater").status_code == 200
    boss.post(f"/personer/{anna.id}/roller", data={})
    assert client.get("/enkater").status_code == 404


def test_an_unknown_role_is_not_given(client: FlaskClient, db: Session) -> None:
    boss = makers.administrator(db)
    sign_in(client, db, boss)
    answer = client.post(f"/personer/{boss.id}/roller", data={"roles": ["administrator", "god"]})
    assert answer.status_code == 400


def test_the_last_administrator_can_neither_resign_nor_be_closed_out(
    client: FlaskClient, db: Session
) -> None:
    boss = makers.administrator(db)
    sign_in(client, db, boss)
    for action in ("roller", "stang"):
        answer = client.post(f"/personer/{boss.id}/{action}", data={})
        assert answer.status_code == 409
        assert "enda administratören" in answer.text
    assert client.get("/personer").status_code == 200
    second = makers.person(db, "Andra Administratören", Role.ADMINISTRATOR)
    assert client.post(f"/personer/{second.id}/stang").status_code == 302
    assert client.post(f"/personer/{boss.id}/roller", data={}).status_code == 409


def test_a_closed_account_is_out_at_once(app: Flask, client: FlaskClient, db: Session) -> None:
    anna = makers.person(db)
    sign_in(client, db, anna)
    boss = sign_in(app.test_client(), db, makers.administrator(db))
    boss.post(f"/personer/{anna.id}/stang")
    assert client.get("/konto").status_code == 302
    assert boss.post(f"/personer/{anna.id}/lank").status_code == 409
    boss.post(f"/personer/{anna.id}/oppna")
    assert boss.post(f"/personer/{anna.id}/lank").status_code == 302


def test_somebody_who_has_left_is_out_at_once(client: FlaskClient, db: Session) -> None:
    anna = makers.person(db)
    sign_in(client, db, anna)
    anna.active = False
    db.commit()
    assert client.get("/konto").status_code == 302


def test_an_administrator_ends_somebodys_sessions(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    anna = makers.person(db)
    sign_in(client, db, anna)
    boss = sign_in(app.test_client(), db, makers.administrator(db))
    boss.post(f"/personer/{anna.id}/logga-ut")
    assert client.get("/konto").status_code == 302
    assert boss.get("/konto").status_code == 200
    assert len(db.exec(select(SignIn)).all()) == 1


def test_an_administrator_sends_a_link(client: FlaskClient, db: Session) -> None:
    anna = makers.person(db)
    sign_in(client, db, makers.administrator(db))
    client.post(f"/personer/{anna.id}/lank")
    assert db.exec(select(OutboxRow.payload)).one() == {"person_id": str(anna.id)}
    account = db.get(Account, anna.id)
    assert account is not None
    assert account.link_hash
    assert "gäller till" in client.get(f"/personer/{anna.id}").text
