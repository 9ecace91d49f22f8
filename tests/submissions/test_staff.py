"""Staff write to the authority: by name, or so that nothing tells who it was."""

import io
import re
from datetime import datetime, time
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.core.submissions import State
from dialog.diary.models import DiaryAuthority
from dialog.people.models import SignIn
from dialog.storage.clock import STOCKHOLM, today
from dialog.storage.rows import Row
from dialog.submissions.models import Kind, Submission, SubmissionStep
from tests import makers
from tests.conftest import sign_in
from tests.documents import samples
from tests.submissions.office import Office
from tests.submissions.test_handling import assigned, page_of

CODE = "1234567890123456"


@pytest.fixture
def letter(db: Session) -> dict[str, str]:
    """The fields of a letter to a board that there is."""
    db.expire_on_commit = False
    board = DiaryAuthority(name="Regionstyrelsen", letters="RS")
    db.add(board)
    db.commit()
    return {
        "authority": str(board.id), "heading": "Bemanningen på natten",
        "text": "Vi är för få.\n\nDet har vi sagt.", "form_id": str(uuid4()), "code": CODE,
    }  # fmt: skip


def rows(db: Session) -> dict[str, set[tuple[Any, ...]]]:
    """Everything that the database holds, by table."""
    found = {}
    for table in Row.metadata.sorted_tables:
        held = db.connection().execute(sa.select(table)).all()
        found[table.name] = {tuple(map(str, row)) for row in held}
    db.commit()
    return found


def times(db: Session) -> set[datetime]:
    """Every moment that stands in any table and is no bare day in Sweden."""
    found = set()
    for table in Row.metadata.sorted_tables:
        for row in db.connection().execute(sa.select(table)):
            found |= {each for each in row if isinstance(each, datetime)}
    db.commit()
    return {each for each in found if each.astimezone(STOCKHOLM).time() != time()}


def moments(db: Session) -> list[datetime]:
    """Every moment that stands in a row of what staff can write."""
    found: list[datetime] = []
    for name in ("submission", "submission_step", "document", "document_version"):
        for row in db.connection().execute(sa.select(Row.metadata.tables[name])):
            found += [each for each in row if isinstance(each, datetime)]
    db.commit()
    return found


def send(client: FlaskClient, address: str, form: dict[str, str], **files: bytes) -> Any:
    given = [(io.BytesIO(content), f"{name}.pdf") for name, content in files.items()]
    return client.post(address, data={**form, "files": given}, buffered=True)


def test_nothing_ties_an_unknown_letter_to_whoever_sent_it(
    app: Flask, db: Session, letter: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    anna = makers.person(db, "Anna Anställd")
    client = sign_in(app.test_client(), db, anna)  # and forgot to sign out
    token = db.exec(select(SignIn)).one()
    db.commit()
    before = rows(db)
    capfd.readouterr()
    assert client.get("/skrivelser/skicka").status_code == 200
    answer = send(client, "/skrivelser/skicka", letter, schema=samples.pdf())
    number = re.search(r"S-\d{4}-\d{5}", answer.text)
    assert number
    assert "Set-Cookie" not in answer.headers
    again = send(client, "/skrivelser/skicka", letter, schema=samples.pdf())
    assert number[0] in again.text  # sent twice it is one
    opened = client.post("/kvittens", data={"number": number[0], "code": CODE})
    assert "Anna" not in opened.text
    assert "".join(capfd.readouterr()) == ""

    after = rows(db)
    new = {name: held - before[name] for name, held in after.items() if held != before[name]}
    assert set(new) == {
        "submission", "submission_step", "document", "document_version",
        "stored_file", "receipt", "receipt_series",
    }  # fmt: skip
    told = str(new)
    for trace in (anna.id, anna.id.hex, anna.name, anna.email, token.token_hash, CODE):
        assert str(trace) not in told
    found = db.exec(select(Submission)).one()
    assert (found.kind, found.state, found.author_id) == (Kind.ANONYMOUS, State.RECEIVED, None)
    db.commit()
    local = [each.astimezone(STOCKHOLM) for each in moments(db)]
    assert {(each.date(), each.hour, each.minute, each.second) for each in local} == {
        (today(), 0, 0, 0)
    }
    assert not list(db.info["settings"].mail.glob("*"))


def test_whoever_has_the_code_reads_it_and_has_its_files(
    app: Flask, client: FlaskClient, letter: dict[str, str]
) -> None:
    sent = send(client, "/skrivelser/skicka", letter, schema=samples.pdf(), bild=samples.pdf(2))
    number = re.search(r"S-\d{4}-\d{5}", sent.text)
    assert number
    key = {"number": number[0], "code": CODE}
    page = client.post("/kvittens", data=key).text
    for words in ("inkommen", "Regionstyrelsen", "Det har vi sagt.", "Skrivelse.pdf", "bild.pdf"):
        assert words in page
    files = re.findall(r'name="file" value="([0-9a-f-]{36})"', page)
    assert len(files) == 3
    got = client.post("/skrivelser/skicka/fil", data={**key, "file": files[0]}, buffered=True)
    assert got.data.startswith(b"%PDF")
    assert got.headers["Content-Disposition"].startswith("attachment")
    wrong = client.post("/skrivelser/skicka/fil", data={**key, "file": str(uuid4())})
    assert wrong.status_code == 404
    other = client.post("/skrivelser/skicka/fil", data={**key, "code": "0" * 16, "file": files[0]})
    assert other.status_code == 422


def test_a_letter_by_name_has_its_writer_and_faults_are_sentences(
    app: Flask, db: Session, letter: dict[str, str]
) -> None:
    anna = makers.person(db, "Anna Anställd")
    client = sign_in(app.test_client(), db, anna)
    named, unknown = "/skrivelser/skicka/med-namn", app.test_client()
    wrong = send(client, named, {**letter, "text": "Hon har 19121212-1212"})
    assert (wrong.status_code, "personnummer" in wrong.text) == (422, True)
    program = send(client, named, letter, schema=b"MZ" + bytes(200))
    assert (program.status_code, "schema.pdf" in program.text) == (422, True)
    assert "Det har vi sagt." in program.text  # what was typed stays
    many = send(client, named, letter, **{f"f{each}": samples.pdf() for each in range(6)})
    assert "högst fem" in many.text
    assert send(client, named, letter).status_code == 200
    found = db.exec(select(Submission)).one()
    assert (found.kind, found.author_id) == (Kind.STAFF, anna.id)
    db.commit()
    assert unknown.get(named).status_code == 302
    assert "Anna" in client.get("/konto/om-mig").text


def sent(office: Office, unknown: FlaskClient) -> tuple[dict[str, str], Submission]:
    """A letter that nobody has signed, with the key to it."""
    form = {
        "authority": str(office.board.id), "heading": "Natten", "text": "Vi är för få.",
        "form_id": str(uuid4()), "code": CODE,
    }  # fmt: skip
    number = re.search(r"S-\d{4}-\d{5}", send(unknown, "/skrivelser/skicka", form).text)
    assert number
    letter = office.db.exec(select(Submission)).one()
    office.db.commit()
    return {"number": number[0], "code": CODE}, letter


def test_a_question_and_the_reply_reach_whoever_has_the_code(app: Flask, db: Session) -> None:
    office, unknown = Office(app, db), app.test_client()
    key, letter = sent(office, unknown)
    assert "Anonym" in office.browser(office.registrar).get(page_of(letter)).text
    handler = assigned(office, letter)
    asked = handler.post(f"{page_of(letter)}/komplettering", data={"text": "Vilken *avdelning*?"})
    assert asked.location == page_of(letter)
    assert "<em>avdelning</em>" in unknown.post("/kvittens", data=key).text
    answer = "/skrivelser/skicka/svara"
    wrong = unknown.post(answer, data={**key, "text": "19121212-1212"})
    assert (wrong.status_code, "personnummer" in wrong.text) == (422, True)
    other = unknown.post(answer, data={**key, "code": "0" * 16, "text": "Alla"})
    assert other.status_code == 422
    assert "Det **sägs** inte" not in handler.get(page_of(letter)).text
    before = times(db)
    said = unknown.post(answer, data={**key, "text": "Det **sägs** inte"})
    assert "<strong>sägs</strong>" in said.text
    assert times(db) - before == set()  # in the diary too, and of its files
    late = unknown.post(answer, data={**key, "text": "Igen och igen"})
    assert (late.status_code, "Igen och igen" in late.text) == (422, True)  # it is not lost
    assert "<strong>sägs</strong>" in handler.get(page_of(letter)).text
    reply = {"text": "Vi **anställer** fler.", "seen": "0", "propose": "1"}
    assert handler.post(f"{page_of(letter)}/svar", data=reply).status_code == 302
    assert "anställer" not in unknown.post("/kvittens", data=key).text  # not approved yet
    second = office.browser(office.second)
    assert second.post(f"{page_of(letter)}/svar/godkann", data={"seen": "1"}).status_code == 302
    page = unknown.post("/kvittens", data=key).text
    for words in ("<strong>anställer</strong>", "Svar.pdf", "Komplettering", "besvarad"):
        assert words in page
    story = handler.get(page_of(letter)).text
    assert "00.00" not in story
    told = ("Komplettering kom in", "Komplettering begärdes", "Diariefördes")  # the latest first
    assert sorted(told, key=story.rindex) == list(told)
    for name in (office.handler.name, office.second.name, office.registrar.name):
        assert name not in page
    db.expire_all()
    step = db.exec(select(SubmissionStep).where(SubmissionStep.action == "give-supplement")).one()
    local = step.at.astimezone(STOCKHOLM)
    assert (step.person_id, local.hour, local.minute) == (None, 0, 0)
    db.commit()
    assert office.faults() == []


def test_of_a_letter_that_was_forwarded_the_new_boards_question_reaches_whoever_has_the_code(
    app: Flask, db: Session
) -> None:
    office, unknown = Office(app, db), app.test_client()
    key, letter = sent(office, unknown)
    to = {"to": str(office.other.id), "reason": "Er fråga"}
    handler = assigned(office, letter)
    assert handler.post(f"{page_of(letter)}/lamna-over", data=to).location == page_of(letter)
    made = db.exec(select(Submission).where(Submission.forwarded_from_id == letter.id)).one()
    db.commit()
    handler = assigned(office, made, number=f"HSN {today().year}-00099")
    handler.post(f"{page_of(made)}/komplettering", data={"text": "Vilken *avdelning*?"})
    page = unknown.post("/kvittens", data=key).text
    assert "<em>avdelning</em>" in page
    assert office.other.name in page
    said = unknown.post("/skrivelser/skicka/svara", data={**key, "text": "Det **sägs** inte"})
    assert "<strong>sägs</strong>" in said.text
    assert "<strong>sägs</strong>" in handler.get(page_of(made)).text
    kept = re.findall(
        r'value="([0-9a-f-]{36})">\s*<p><button[^>]*>Spara Komplettering.pdf', said.text
    )
    assert len(kept) == 1
    file = unknown.post("/skrivelser/skicka/fil", data={**key, "file": kept[0]}, buffered=True)
    assert file.data.startswith(b"%PDF")
