"""A programme is set up by an administrator, and read by everybody."""

from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.people.models import Role
from dialog.surveys import programmes
from dialog.surveys.programme_models import Programme
from tests import makers
from tests.conftest import sign_in

TYPED = {
    "name": "Granskningen  av tystnadskultur",
    "principal": "Exempelstads universitet",
    "people": "ULLA@example.org\n\n<holger@example.org>, ",
}


def test_an_administrator_names_the_people_of_the_university(
    client: FlaskClient, db: Session
) -> None:
    people = {
        makers.person(db, name.title(), email=f"{name}@example.org").id
        for name in ("ulla", "holger")
    }
    sign_in(client, db, makers.administrator(db))
    answer = client.post("/granskningar/ny", data=TYPED)
    made = db.exec(select(Programme)).one()
    assert answer.location == f"/granskningar/{made.id}"
    assert made.name == "Granskningen av tystnadskultur"
    assert programmes.university(db, programme_id=made.id) == people
    db.commit()
    edit = f"/granskningar/{made.id}/andra"
    assert "holger@example.org" in client.get(edit).text
    assert client.post(edit, data={**TYPED, "people": "ulla@example.org"}).status_code == 302
    db.expire_all()
    assert len(programmes.university(db, programme_id=made.id)) == 1


def test_an_unknown_address_is_told_and_nothing_is_written(
    client: FlaskClient, db: Session
) -> None:
    sign_in(client, db, makers.administrator(db))
    answer = client.post("/granskningar/ny", data=TYPED)
    assert answer.status_code == 422
    assert "Ingen här har adressen ulla@example.org" in answer.text
    assert "Exempelstads universitet" in answer.text  # what was typed stands
    assert db.exec(select(Programme)).all() == []


def test_spaces_are_no_name(client: FlaskClient, db: Session) -> None:
    sign_in(client, db, makers.administrator(db))
    for field in ("name", "principal"):
        answer = client.post("/granskningar/ny", data={**TYPED, "people": "", field: "   "})
        assert answer.status_code == 422, field
    assert db.exec(select(Programme)).all() == []


def test_two_reviews_have_two_names(client: FlaskClient, db: Session) -> None:
    sign_in(client, db, makers.administrator(db))
    typed = {**TYPED, "people": ""}
    assert client.post("/granskningar/ny", data=typed).status_code == 302
    again = client.post("/granskningar/ny", data=typed)
    assert again.status_code == 422
    assert "redan en granskning" in again.text


def test_others_read_it_and_do_not_find_where_it_is_changed(
    client: FlaskClient, db: Session
) -> None:
    by = makers.administrator(db)
    made = programmes.create(db, by=by.id, name="Granskningen", principal="Exempelstad")
    db.commit()
    page = client.get("/granskningar").text
    assert "Granskningen" in page
    assert "Delstudie 2" in client.get(f"/granskningar/{made.id}").text
    for role in (Role.ANALYST, Role.APPROVER, Role.RESEARCHER):
        sign_in(client, db, makers.person(db, f"Prov {role}", role))
        assert "Ändra vilka" not in client.get(f"/granskningar/{made.id}").text
        for address in ("/granskningar/ny", f"/granskningar/{made.id}/andra"):
            assert client.post(address, data=TYPED).status_code == 404
