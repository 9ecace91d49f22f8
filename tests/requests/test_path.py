"""A request goes its whole way: asked without a name, answered in part, decided, appealed."""

import io
import json
import re
from email import message_from_bytes, policy
from uuid import uuid4

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select
from werkzeug.test import TestResponse

from dialog.diary import registering, verifying
from dialog.diary.facts import Facts
from dialog.diary.models import DiaryAuthority, DiaryLine, Direction
from dialog.documents import keeping
from dialog.documents.models import Document, DocumentVersion
from dialog.people.models import Role
from dialog.requests.models import DisclosureRequest, RequestStep
from dialog.storage.clock import now, today
from dialog.worker import Worker
from tests import makers
from tests.conftest import sign_in
from tests.documents import samples

CODE = "1234567890123456"


@pytest.fixture
def registrar(app: Flask, db: Session) -> FlaskClient:
    client = sign_in(app.test_client(), db, makers.person(db, "Rakel Registrator", Role.REGISTRAR))
    db.commit()
    return client


@pytest.fixture
def matter(app: Flask, db: Session) -> str:
    """Of a board, with two documents; the first has a file that its registrar handed in."""
    db.expire_on_commit = False
    board = DiaryAuthority(name="Regionstyrelsen", letters="RS")
    rut = makers.person(db, "Rut Registrator", Role.REGISTRAR)
    db.add(board)
    opened = registering.open_matter(
        db, authority=board, subject="Bemanning", public_subject="Bemanning", at=now(), by=rut.id
    )
    for subject in ("Underlag om natten", "Brev med en patients namn"):
        facts = Facts(
            subject=subject, public_subject=subject, arrived_on=today(),
            direction=Direction.IN, correspondent="Förbundet", public_correspondent="Förbundet",
        )  # fmt: skip
        registering.register(db, authority=board, matter=opened, facts=facts, at=now(), by=rut.id)
    first = db.exec(select(DiaryLine).where(DiaryLine.document == 1)).one()
    db.commit()
    hand_in(sign_in(app.test_client(), db, rut), f"diary-line/{first.id}", "Underlag.pdf")
    return f"RS {today().year}-00001"


def hand_in(client: FlaskClient, of: str, name: str) -> None:
    file = (io.BytesIO(samples.written_pdf(name)), name)
    assert client.post(f"/handlingar/till/{of}", data={"file": file}).status_code == 302


def redact(client: FlaskClient, page: str) -> str:
    """Make a redacted copy where a document is assessed; the copy's id."""
    found = re.search(r'href="(/handlingar/[0-9a-f-]+/maska)"', client.get(page).text)
    assert found
    areas = json.dumps([[1, 0, 0, 1, 0.5, "Diagnos"]])
    made = client.post(found[1], data={"version": 1, "pa": 1, "areas": areas, "klar": 1})
    assert made.status_code == 302
    return made.location.rpartition("/")[2]


def ask(client: FlaskClient, **more: str) -> dict[str, str]:
    """The number and the code of a new request."""
    form = {"text": "Underlaget om natten", "form_id": str(uuid4()), "code": CODE, **more}
    answer = client.post("/begar-ut", data=form)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert client.post("/begar-ut", data=form).text == answer.text  # sent twice it is one
    found = re.search(r"U-\d{4}-\d{5}", answer.text)
    assert found
    return {"number": found[0], "code": form["code"]}


def explain(unknown: FlaskClient, registrar: FlaskClient, page: str, key: dict[str, str]) -> None:
    """A question is asked, and answered once."""
    assert registrar.post(f"{page}/fraga", data={"text": "Vilket år?"}).status_code == 302
    asked = unknown.post("/kvittens", data=key).text
    question = re.search(r'name="question" value="([^"]+)"', asked)
    assert question
    told = {**key, "question": question[1], "text": "I år"}
    wrong = unknown.post("/begar-ut/svara", data={**told, "text": "19121212-1212"})
    assert (wrong.status_code, "personnummer" in wrong.text) == (422, True)
    assert [unknown.post("/begar-ut/svara", data=told).status_code for _ in "12"] == [200, 200]
    late = unknown.post("/begar-ut/svara", data={**told, "text": "Nej, i fjol"})
    assert (late.status_code, "Nej, i fjol" in late.text) == (422, True)  # it is not lost
    assert "I år" in registrar.get(page).text


def locate(registrar: FlaskClient, page: str, matter: str) -> list[str]:
    """Both documents, by their numbers; the addresses where they are assessed."""
    assert f"{matter}-2" in registrar.get(f"{page}/handlingar?q=patient").text
    for number in (f"{matter}-1", f"{matter}-2"):
        assert registrar.post(f"{page}/handlingar", data={"number": number}).status_code == 302
    for wrong in (f"{matter}-1", f"{matter}-9", matter, "RS"):
        assert registrar.post(f"{page}/handlingar", data={"number": wrong}).status_code == 422
    return re.findall(rf'href="({page}/handlingar/[0-9a-f-]+)"', registrar.get(page).text)


def enter(registrar: FlaskClient, db: Session, page: str, matter: str = "") -> None:
    board = db.exec(select(DiaryAuthority)).one()
    db.commit()
    assert "diariet först" in registrar.post(f"{page}/svar", data={"text": "Hej"}).text
    form = {"matter": matter, "authority": str(board.id)}
    assert registrar.post(f"{page}/diarium", data=form).status_code == 302
    assert registrar.post(f"{page}/diarium", data=form).status_code == 422  # once


def test_what_was_assessed_is_given_to_whoever_has_the_code_and_to_nobody_else(
    app: Flask, db: Session, registrar: FlaskClient, matter: str
) -> None:
    unknown = app.test_client()
    assert f'value="{matter}-1"' in unknown.get(f"/begar-ut?nummer={matter}-1").text
    key, other = ask(unknown, wanted=f"{matter}-1"), ask(unknown, text="Annat")
    request = db.exec(select(DisclosureRequest).where(DisclosureRequest.wanted != "")).one()
    db.commit()
    page = f"/begaran/{request.id}"
    for address in ("/begaran", "/"):
        assert "Underlaget om natten" in registrar.get(address).text
    explain(unknown, registrar, page, key)
    first, second = locate(registrar, page, matter)
    copy = redact(registrar, first)
    of = f"/handlingar/till/disclosure-request/{request.id}"
    assert registrar.post(of).status_code == 404  # nobody hands in what is no copy
    assert registrar.get(f"/handlingar/{copy}/ny-version").status_code == 404
    said = {"verdict": "redacted", "copy": copy, "paragraph": "25:1", "reason": "En diagnos"}
    assert "Skriv paragrafen" in registrar.post(first, data={**said, "paragraph": "hemligt"}).text
    assert registrar.post(first, data=said).status_code == 302
    assert "Ta bort dem först" in registrar.get(f"{page}/finns-inte").text
    assert registrar.post(f"{page}/svar", data={"text": "Hej"}).status_code == 422  # one is left
    refused = {"verdict": "refused", "paragraph": "OSL 25 kap 1 §", "reason": "En patients namn"}
    assert registrar.post(second, data=refused).status_code == 302
    enter(registrar, db, page)
    part = {**key, "part": first.rpartition("/")[2]}
    assert unknown.post("/begar-ut/handling", data=part).status_code == 404  # not answered yet
    assert registrar.post(f"{page}/svar", data={"text": "Här är underlaget."}).status_code == 302

    read = unknown.post("/kvittens", data=key).text
    for words in ("delvis utlämnad", "Här är underlaget.", "25 kap. 1 § OSL", "En diagnos"):
        assert words in read
    got = unknown.post("/begar-ut/handling", data=part)
    assert got.data.startswith(b"%PDF")
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert "maskad" in got.headers["Content-Disposition"]
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    got.close()
    withheld = {**key, "part": second.rpartition("/")[2]}
    answers = {404: withheld, 422: {**part, "code": "0" * 16}}
    for status, form in (*answers.items(), (404, {**part, **other})):
        assert unknown.post("/begar-ut/handling", data=form).status_code == status
    assert registrar.post(first, data=refused).status_code == 409  # nothing of it changes now
    theirs = [step.at for step in db.exec(select(RequestStep)) if step.person_id is None]
    assert {(at.minute, at.second, at.microsecond) for at in theirs} == {(0, 0, 0)}
    written = db.exec(select(DocumentVersion.name)).all()
    for name in ("Begäran om att få ta del av handlingar.pdf", "Svar på begäran om att"):
        assert any(each.startswith(name) for each in written)
    assert list(verifying.faults(db, authority=db.exec(select(DiaryAuthority)).one())) == []
    db.commit()


def test_an_official_refuses_the_authority_decides_and_a_name_is_not_shown_openly(
    app: Flask, db: Session, registrar: FlaskClient, matter: str
) -> None:
    unknown = app.test_client()
    key = ask(unknown, name="Berit Beställare")
    page = f"/begaran/{db.exec(select(DisclosureRequest.id)).one()}"
    db.commit()
    assert registrar.post(f"{page}/finns-inte").status_code == 302
    enter(registrar, db, page, matter)
    assert registrar.post(f"{page}/svar", data={"text": "Den finns inte."}).status_code == 302
    read = unknown.post("/kvittens", data=key).text
    assert "inte utlämnad" in read
    assert "Begär myndighetens beslut" in read
    assert registrar.post(f"{page}/beslut", data={"text": "Avslag"}).status_code == 422
    for _twice in "12":
        assert "Det kommer här" in unknown.post("/begar-ut/beslut", data=key).text
    assert registrar.post(f"{page}/beslut", data={"text": "Avslag enligt TF"}).status_code == 302
    decided = unknown.post("/kvittens", data=key).text
    assert "Avslag enligt TF" in decided
    assert "kammarrätten" in decided
    assert unknown.post("/begar-ut/beslut", data=key).status_code == 409  # there is one now
    for slug in ("overklagat", "avsluta"):
        assert registrar.post(f"{page}/{slug}").status_code == 302
    assert "Hälften fick svar samma dag" in unknown.get("/begar-ut/tider").text
    address = f"/diarium/{matter.replace(' ', '-')}"
    open_diary = unknown.get(address).text
    assert "Beslut i fråga om" in open_diary
    assert "Berit" not in open_diary
    assert "Berit" in registrar.get(page).text
    assert unknown.get(page).status_code == 302  # to sign in
    bad = unknown.post("/begar-ut", data={"text": "", "form_id": str(uuid4()), "code": CODE})
    assert (bad.status_code, "1234 5678 9012 3456" in bad.text) == (422, True)  # it stays


def test_a_file_that_is_removed_is_assessed_no_more(
    app: Flask, db: Session, registrar: FlaskClient, matter: str
) -> None:
    ask(app.test_client())
    request_id = db.exec(select(DisclosureRequest.id)).one()
    db.commit()
    page, files = f"/begaran/{request_id}", f"/handlingar/till/disclosure-request/{request_id}"
    assert registrar.post(f"{page}/handlingar", data={"number": f"{matter}-1"}).status_code == 302
    first = re.findall(rf'href="({page}/handlingar/[0-9a-f-]+)"', registrar.get(page).text)[0]
    copy = redact(registrar, first)
    said = {"verdict": "redacted", "copy": copy, "paragraph": "25:1", "reason": "En diagnos"}
    assert registrar.post(first, data=said).status_code == 302
    assert "prövad</span>" in registrar.get(page).text
    assert registrar.post(f"/handlingar/{copy}/ta-bort").status_code == 302
    assert "Inte prövad än" in registrar.get(page).text
    lent = re.search(r'href="/handlingar/([0-9a-f-]{36})"', registrar.get(files).text)
    assert lent
    assert registrar.post(f"/handlingar/{lent[1]}/ta-bort").status_code == 302
    assert "eller säg att det inte finns någon" in registrar.get(page).text


def test_of_a_document_that_was_not_meant_nothing_is_left_to_give(
    app: Flask, db: Session, registrar: FlaskClient, matter: str
) -> None:
    ask(app.test_client())
    page = f"/begaran/{db.exec(select(DisclosureRequest.id)).one()}"
    db.commit()
    first, second = locate(registrar, page, matter)
    copy = redact(registrar, first)
    said = {"verdict": "redacted", "copy": copy, "paragraph": "25:1", "reason": "En diagnos"}
    assert registrar.post(second, data=said).status_code == 422  # it is of the other one
    assert registrar.post(f"{first}/ta-bort").status_code == 302
    assert db.exec(select(Document).where(Document.about == "disclosure-request")).all() == []
    db.commit()
    assert "option value" not in registrar.get(second).text.partition("Maskad kopia")[2]


def test_a_handler_has_the_request_that_they_were_given_and_no_other_document(
    app: Flask, db: Session, registrar: FlaskClient, matter: str
) -> None:
    ask(app.test_client())
    hanna = makers.person(db, "Hanna Handson", Role.HANDLER)
    handler = sign_in(app.test_client(), db, hanna)
    page = f"/begaran/{db.exec(select(DisclosureRequest.id)).one()}"
    db.commit()
    first, _second = locate(registrar, page, matter)
    lent = re.search(r'href="(/handlingar/[0-9a-f-]{36})"', registrar.get(first).text)
    assert lent
    seen = (page, first, lent[1])
    assert [handler.get(each).status_code for each in seen] == [404, 404, 404]
    assert all("natten" not in handler.get(each).text for each in ("/begaran", "/"))
    given = registrar.post(f"{page}/handlaggare", data={"handler": str(hanna.id)})
    assert given.status_code == 302
    settings = app.extensions["settings"]
    Worker(makers.desk(db, settings)).do_one()
    (told,) = settings.mail.glob("*.eml")
    mail = message_from_bytes(told.read_bytes(), policy=policy.default)
    assert mail["To"].addresses[0].addr_spec == hanna.email
    assert f"{page}\n" in mail.get_content()
    assert "natten" not in mail.as_string()  # that there is something, not what
    assert [handler.get(each).status_code for each in seen] == [200, 200, 200]
    assert all("natten" in handler.get(each).text for each in ("/begaran", "/"))
    for slug in ("handlingar?q=natten", "handlaggare", "diarium", "finns-inte"):
        assert handler.get(f"{page}/{slug}").status_code == 404
    assert handler.post(f"{page}/handlingar", data={"number": f"{matter}-2"}).status_code == 404
    assert handler.post(f"{lent[1]}/ta-bort").status_code == 409  # nor say what it is about
    assert handler.get(lent[1]).status_code == 200  # it is there still
    assert handler.post(first, data={"verdict": "whole"}).status_code == 302
    assert "Hanna" in registrar.get(page).text


def test_the_authority_gives_what_the_official_refused_when_its_decision_is_sent(
    app: Flask, db: Session, registrar: FlaskClient, matter: str
) -> None:
    unknown = app.test_client()
    key = ask(unknown)
    page = f"/begaran/{db.exec(select(DisclosureRequest.id)).one()}"
    db.commit()
    refused = {"verdict": "refused", "paragraph": "25:1", "reason": "En patients namn"}
    first, second = locate(registrar, page, matter)
    for each in (first, second):
        assert registrar.post(each, data=refused).status_code == 302
    enter(registrar, db, page)
    assert registrar.post(f"{page}/svar", data={"text": "Nej."}).status_code == 302
    assert registrar.post(f"{page}/avsluta").status_code == 302
    assert registrar.post(f"{page}/overklagat").status_code == 422  # there is no decision
    late = registrar.get(f"{page}/overklagat").text
    assert "inget beslut att överklaga" in late
    assert "Anteckna överklagandet" not in late  # and no form that can only be refused
    part = {**key, "part": first.rpartition("/")[2]}

    def given() -> int:
        answer = unknown.post("/begar-ut/handling", data=part)
        answer.close()
        return answer.status_code

    assert unknown.post("/begar-ut/beslut", data=key).status_code == 200
    assert registrar.post(f"{first}/ta-bort").status_code == 409  # it stands in the answer
    assert registrar.post(first, data={"verdict": "whole"}).status_code == 302
    assert given() == 404  # not before the decision
    assert "Gäller när beslutet" in registrar.get(page).text
    assert registrar.post(f"{page}/beslut", data={"text": "Delvis."}).status_code == 302
    assert given() == 200
    assert "delvis" in registrar.get(page).text.casefold()
    for slug in ("avsluta", "overklagat"):  # it came in time, and late to us
        assert registrar.post(f"{page}/{slug}").status_code == 302
    assert registrar.post(second, data={"verdict": "whole"}).status_code == 302
    for slug in ("avsluta", "overklagat"):  # no decision came of it, and then there is another
        assert registrar.post(f"{page}/{slug}").status_code == 302
    assert "Gäller när beslutet" not in registrar.get(page).text
    assert registrar.post(second, data={"verdict": "whole"}).status_code == 302
    assert registrar.post(f"{page}/beslut", data={"text": "Efter dom."}).status_code == 302
    read = unknown.post("/kvittens", data=key).text
    assert "Efter dom." in read
    assert "kammarrätten" not in read  # all is given


def test_of_what_cannot_be_redacted_here_a_masked_copy_is_handed_in_and_read(
    app: Flask, db: Session, registrar: FlaskClient, matter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = app.test_client()
    key = ask(unknown)
    page = f"/begaran/{db.exec(select(DisclosureRequest.id)).one()}"
    db.commit()
    first, second = locate(registrar, page, matter)
    monkeypatch.setattr(keeping, "MOST", 1)  # as if all there may be were lent
    assert registrar.get(f"{second}/kopia").status_code == 404  # it is on paper
    assert f"{first}/kopia" in registrar.get(first).text

    def given(content: bytes, name: str = "Anna har migrän.pdf") -> TestResponse:
        return registrar.post(f"{first}/kopia", data={"file": (io.BytesIO(content), name)})

    assert "Här behövs en PDF" in given(b"Hej", "Underlag.txt").text
    lent = re.search(r'href="(/handlingar/[0-9a-f-]{36})"', registrar.get(first).text)
    assert lent
    with registrar.get(f"{lent[1]}/1/fil") as original:
        assert "originalet" in given(original.data).text
    hidden = "Diagnos: #box(fill: black)[Migrän], 800101-#box(fill: black)[1234]"
    covered = samples.written_pdf(*["Mer"] * 11, hidden)
    with pikepdf.open(io.BytesIO(covered)) as file:
        file.docinfo["/Title"] = "Migrän hos Anna"
        file.save(noted := io.BytesIO())
    copy = given(noted.getvalue()).location
    assert given(noted.getvalue()).location == copy  # once
    first_page = registrar.get(copy).text
    assert "?sida=2#sida-12" in first_page  # said on the first page of them
    assert "800101-1234</q> (delvis täckt)" in first_page
    read = registrar.get(f"{copy}?sida=2").text
    assert "text som inte syns" in read
    assert "Diagnos: <mark>Migrän" in read
    copy_id = copy.rpartition("/")[2]
    said = {"verdict": "redacted", "copy": copy_id, "paragraph": "25:1", "reason": "En diagnos"}
    assert registrar.post(first, data=said).status_code == 302
    assert registrar.post(second, data={"verdict": "whole"}).status_code == 302
    enter(registrar, db, page)
    assert registrar.post(f"{page}/svar", data={"text": "Delvis."}).status_code == 302
    got = unknown.post("/begar-ut/handling", data={**key, "part": first.rpartition("/")[2]})
    assert got.headers["Content-Disposition"] == 'attachment; filename="Underlag (maskad).pdf"'
    with pikepdf.open(io.BytesIO(got.data)) as file:
        assert "/Title" not in file.docinfo  # of the file only its pages are left
    got.close()
    assert registrar.get(f"{first}/kopia").status_code == 404  # nothing of it changes now
