"""The diary's pages: everybody reads what is not withheld, the registrar keeps it."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.diary import registering, verifying
from dialog.diary.comparing import What, Wrong
from dialog.diary.models import DiaryAuthority, DiaryEntry, DiaryLine, DiaryValue
from dialog.documents.models import Document, DocumentVersion
from dialog.people.models import Role
from dialog.storage.clock import now, today
from tests import makers
from tests.conftest import sign_in
from tests.documents import samples

DOCUMENT = {
    "direction": "in",
    "arrived_on": "2026-11-02",
    "correspondent": "Förbundet Exempel",
    "subject": "Skrivelse om bemanning",
}


@pytest.fixture
def authority(db: Session) -> DiaryAuthority:
    db.expire_on_commit = False
    made = DiaryAuthority(name="Regionstyrelsen", letters="RS")
    db.add(made)
    db.commit()
    return made


@pytest.fixture
def registrar(app: Flask, db: Session) -> FlaskClient:
    client = sign_in(app.test_client(), db, makers.person(db, "Rut Registrator", Role.REGISTRAR))
    db.commit()
    return client


@pytest.fixture
def matter(registrar: FlaskClient, authority: DiaryAuthority) -> str:
    """The address of a matter with one document."""
    opened = registrar.post(
        "/diarium/nytt", data={"authority": str(authority.id), "subject": "Bemanning"}
    )
    address = f"/diarium/RS-{today().year}-00001"
    assert opened.location == f"{address}/ny"
    assert registrar.post(opened.location, data=DOCUMENT).location == address
    return address


def test_everybody_finds_and_reads_what_was_registered(
    client: FlaskClient, db: Session, matter: str
) -> None:
    for question in ("bemanningen", f"rs {today().year}-1"):
        page = client.get("/diarium", query_string={"q": question}).text
        assert f"RS {today().year}-00001-1" in page
        assert "Förbundet Exempel" in page
    assert "Inget passar" in client.get("/diarium?q=ventilation").text
    page = client.get(matter).text
    assert "Skrivelse om bemanning" in page
    assert "Rätta" not in page
    file = client.get("/diarium/diarium.csv?q=skrivelse")
    assert file.mimetype == "text/csv"
    assert "Förbundet Exempel" in file.text
    db.commit()


def test_what_is_withheld_is_on_no_page_and_in_no_file_for_others(
    client: FlaskClient, registrar: FlaskClient, db: Session, matter: str
) -> None:
    form = {**DOCUMENT, "withheld_correspondent": "y", "why": "Fel", "secrecy": "OSL 39 kap. 2 §"}
    form["seen"] = "2"
    assert registrar.post(f"{matter}/1/ratta", data=form).status_code == 302
    late = registrar.post(f"{matter}/1/ratta", data={**form, "subject": "Annat"})
    assert (late.status_code, "Någon annan har rättat" in late.text) == (422, True)
    assert 'value="Annat"' in late.text  # what was typed
    assert "Nu står det: Skrivelse om bemanning; Förbundet Exempel (visas inte öppet)" in late.text
    for address in ("/diarium", "/diarium?q=exempel", matter, "/diarium/diarium.csv"):
        page = client.get(address).text
        assert "Förbundet" not in page
        assert ("Inget passar" in page) == ("exempel" in address)
    assert "OSL 39 kap. 2 §" in client.get(matter).text
    kept = registrar.get(matter).text
    assert "Förbundet Exempel" in kept
    assert "Skäl: Fel" in kept
    db.commit()
    board = db.exec(select(DiaryAuthority)).one()
    assert list(verifying.faults(db, authority=board)) == []
    db.commit()


def test_a_fault_is_a_sentence_and_nothing_is_registered(
    registrar: FlaskClient, db: Session, matter: str
) -> None:
    before = len(db.exec(select(DiaryEntry)).all())
    db.commit()
    wrong = {
        "direction": ("", "kommit in, skickats"),
        "arrived_on": ("igår", "2026-10-14"),
        "correspondent": ("", "från eller skickades"),
        "subject": ("Brev om 19121212-1212", "personnummer"),
    }
    for name, (value, sentence) in wrong.items():
        answer = registrar.post(f"{matter}/ny", data={**DOCUMENT, name: value})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert "Skrivelse om bemanning" in answer.text or name == "subject"
    late = registrar.post(f"{matter}/ny", data={**DOCUMENT, "arrived_on": "2199-01-01"})
    assert (late.status_code, "efter i dag" in late.text) == (422, True)
    assert len(db.exec(select(DiaryEntry)).all()) == before
    db.commit()


def test_a_number_that_is_none_is_no_page(client: FlaskClient, matter: str) -> None:
    for address in ("/diarium/RS-2026", "/diarium/XX-2026-00001", f"{matter}-1", f"{matter}9"):
        assert client.get(address).status_code == 404
    assert client.get(f"{matter}/ny").status_code in {302, 404}


def test_without_an_authority_the_pages_say_what_to_do(
    client: FlaskClient, registrar: FlaskClient
) -> None:
    assert "dialog diary authority" in client.get("/diarium").text
    assert "dialog diary authority" in registrar.get("/diarium/nytt").text


def test_a_file_is_bound_to_the_diary_and_read_only_by_who_keeps_it(
    app: Flask, db: Session, matter: str, registrar: FlaskClient
) -> None:
    line = db.exec(select(DiaryLine).where(DiaryLine.document == 1)).one()
    address = f"/handlingar/till/diary-line/{line.id}"
    db.commit()
    given = {"file": (io.BytesIO(samples.pdf()), "Brev.pdf")}
    assert registrar.post(address, data=given).status_code == 302
    assert "Brev.pdf" in registrar.get(matter).text
    other = sign_in(app.test_client(), db, makers.person(db, "Nils Nyfiken"))
    db.commit()
    assert "Brev.pdf" not in other.get(matter).text
    assert other.get(address).status_code == 404
    board = db.exec(select(DiaryAuthority)).one()
    assert list(verifying.faults(db, authority=board)) == []
    version = db.exec(select(DocumentVersion)).one()
    given_hash = db.exec(select(DiaryValue.value).where(DiaryValue.name == registering.FILES)).one()
    assert given_hash == f"{version.given_sha256}:{version.sha256}"
    document = db.exec(select(Document)).one()
    document.removed_at = now()  # not by the page, so no entry tells of it
    db.add(document)
    db.commit()
    assert list(verifying.faults(db, authority=board)) == [Wrong(line.position, What.FILES)]
    db.commit()


def test_what_a_matter_is_called_can_be_withheld_afterwards(
    client: FlaskClient, registrar: FlaskClient, matter: str
) -> None:
    form = {"subject": "Bemanning", "withheld_subject": "y", "why": "Ett namn", "seen": "1"}
    assert registrar.post(f"{matter}/0/ratta", data=form).status_code == 302
    assert "Bemanning" not in client.get(matter).text
    assert "Bemanning" in registrar.get(matter).text


def test_enormous_numbers_in_an_address_are_no_fault(client: FlaskClient, matter: str) -> None:
    assert (
        client.get("/diarium?ar=99999999999999999999&sida=99999999999999999999").status_code == 200
    )
    assert client.get(f"{matter}/99999999999999999999/ratta").status_code in {302, 404}


def test_a_day_has_to_be_said(registrar: FlaskClient, matter: str) -> None:
    answer = registrar.post(f"{matter}/ny", data={**DOCUMENT, "arrived_on": ""})
    assert answer.status_code == 422
    assert "Skriv ett datum" in answer.text
    paper = registrar.get("/diarium/forteckning?namnd=RS&fran=&till=")
    assert paper.status_code == 422
    for last in ("9999-12-31", "2026-13-45", "i morgon"):
        paper = registrar.get(f"/diarium/forteckning?namnd=RS&fran=2026-01-01&till={last}")
        assert paper.status_code == 422, last
    answer = registrar.post(f"{matter}/ny", data={**DOCUMENT, "arrived_on": "30/11"})
    assert answer.status_code == 422
