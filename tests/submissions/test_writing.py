"""A letter over HTTP: written by one union, signed by two, submitted once, and followed."""

import hashlib
import io
import os
import time

import pikepdf
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, select

from dialog.core.submissions import State, fingerprint
from dialog.documents import folder as folders
from dialog.documents.models import Document, DocumentVersion, StoredFile
from dialog.storage.clock import now
from dialog.storage.outbox import OutboxRow
from dialog.submissions import letter_files
from dialog.submissions.models import Submission, SubmissionSignatory, SubmissionStep
from tests.submissions.cast import Cast


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db)


def test_a_letter_is_written_signed_by_two_and_submitted_once(cast: Cast) -> None:
    vera, ture = cast.as_(cast.vera), cast.as_(cast.ture)
    letter = cast.written()
    assert "<strong>bemanningen</strong>" in vera.get(cast.page(letter)).text
    assert ture.get(cast.page(letter)).status_code == 404  # not asked yet
    vera.post(cast.page(letter, "underskrifter"), data={"organisation": cast.unions[1].id})
    for page in ("/", "/skrivelser"):
        assert "Bemanningen på natten" in ture.get(page).text
    assert ture.get(cast.page(letter, "skriv")).status_code == 404  # it signs, and does not write
    read = cast.letter(letter.id).revision
    assert cast.answer(letter).status_code == 302
    cast.enclose(letter)
    assert "ändrad sedan ni undertecknade" in ture.get("/skrivelser").text
    refused = cast.submit(letter)
    assert refused.status_code == 422
    assert "Läkarfacket Björk har undertecknat den senaste texten" in refused.text
    late = cast.answer(letter, revision=read)
    assert (late.status_code, "Läs den igen" in late.text) == (422, True)
    assert cast.answer(cast.letter(letter.id)).status_code == 302

    page = vera.get(cast.page(letter, "lamna-in")).text
    assert "Så här blir det offentligt" in page
    assert "Vårdförbundet Ljung och Läkarfacket Björk" in page
    answers = [cast.submit(letter), cast.submit(letter)]
    assert {each.location for each in answers} == {cast.page(letter, "kvitto")}
    sent = cast.letter(letter.id)
    assert (sent.state, sent.receipt_serial) == (State.RECEIVED, 1)
    number = f"{sent.receipt_year}-00001"
    for client in (vera, ture):
        assert number in client.get(cast.page(letter, "kvitto")).text
        assert "Registratorn på Regionstyrelsen" in client.get(cast.page(letter)).text
    receipt = vera.get(cast.page(letter, "kvitto.pdf"))
    with pikepdf.open(io.BytesIO(receipt.data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
    signers = cast.rows(select(SubmissionSignatory))
    assert {each.organisation_id for each in signers} == {each.id for each in cast.unions}
    assert {each.confirmed_revision for each in signers} == {sent.revision}
    (step,) = cast.rows(select(SubmissionStep))
    assert (step.organisation_id, step.person_id) == (cast.unions[0].id, None)


def test_the_receipt_s_hash_is_of_the_files_and_no_file_says_who_handed_it_in(
    cast: Cast, db: Session
) -> None:
    letter = cast.written()
    for name in ("Schema.txt", "Underlag.pdf"):
        assert cast.enclose(letter, name).status_code == 302
    cast.submit(letter)
    sent = cast.letter(letter.id)
    files = letter_files.of(db, sent)
    db.commit()
    assert [each.version.name for each in files] == ["Skrivelse.pdf", "Schema.txt", "Underlag.pdf"]
    hashes = []
    for each in files:
        answer = cast.as_(cast.vera).get(f"/handlingar/{each.document.id}/1/fil")
        hashes.append((each.version.name, hashlib.sha256(answer.data).hexdigest()))
    assert fingerprint(hashes) == sent.digest
    for rows in (cast.rows(select(Document)), cast.rows(select(DocumentVersion))):
        assert {each.author_id for each in rows} == {None}
    assert cast.enclose(letter, "Sent.txt").status_code == 404


def test_two_who_write_at_once_see_both_texts_and_files_meanwhile_do_no_harm(cast: Cast) -> None:
    letter = cast.begun()
    assert cast.begun().id == letter.id  # the form, sent twice
    read = cast.version(letter)
    cast.enclose(letter)
    assert cast.write(letter, "För\x07st.", version=read).status_code == 200
    refused = cast.write(letter, "Sedan.", version=read)
    assert refused.status_code == 409
    assert refused.json is not None
    assert refused.json["text"] == "Först."
    assert cast.write(letter, "Båda.", version=refused.json["version"]).status_code == 200
    plain = cast.as_(cast.vera).post(
        cast.page(letter, "skriv"),
        data={"authority": cast.board.id, "heading": "Annat", "text": "Mitt.", "version": read},
    )
    assert plain.status_code == 409
    assert "Båda." in plain.text
    assert "Mitt." in plain.text
    secret = cast.write(letter, "Hon har nummer 19811218-9876.")
    assert secret.status_code == 422
    assert "personnummer" in secret.json["sentence"]
    assert cast.letter(letter.id).body == "Båda."


def test_an_uploaded_file_is_the_letter_and_what_it_replaced_is_gone(cast: Cast) -> None:
    letter = cast.begun()
    cast.enclose(letter, "Utkast.pdf", letter_files.LETTER)
    (first,) = cast.rows(select(DocumentVersion))
    address = f"/handlingar/{first.document_id}"
    data = {"file": (io.BytesIO(b"%s" % ("Ny text " * 99).encode()), "Skrivelse.txt")}
    assert cast.as_(cast.vera).post(f"{address}/ny-version", data=data).status_code == 302
    assert cast.letter(letter.id).uploaded
    assert cast.write(letter, "En text som inte används.").status_code == 200
    assert cast.as_(cast.vera).get(f"{address}?version=1").status_code == 404
    assert cast.submit(letter).status_code == 302
    (version,) = cast.rows(select(DocumentVersion))
    sent = cast.letter(letter.id)
    assert (version.name, version.number, sent.body) == ("Skrivelse.txt", 1, "")
    assert version.at == sent.submitted_at
    assert [each.sha256 for each in cast.rows(select(StoredFile))] == [version.sha256]


def test_a_draft_that_is_taken_back_leaves_nothing_and_a_letter_stays(
    cast: Cast, db: Session
) -> None:
    letter = cast.written()
    cast.as_(cast.vera).post(
        cast.page(letter, "underskrifter"), data={"organisation": cast.unions[1].id}
    )
    cast.enclose(letter)
    (kept,) = folders.kept(cast.settings.documents)
    assert cast.as_(cast.vera).post(cast.page(letter, "ta-bort")).location == "/skrivelser"
    for table in (Submission, SubmissionSignatory, Document, DocumentVersion, StoredFile):
        assert cast.rows(select(table)) == []
    assert kept.exists()  # for an hour: the same file may be on its way again
    db.expunge_all()
    db.execute(sa.update(OutboxRow).values(not_before=now()))
    os.utime(kept, (time.time() - 7_200,) * 2)
    cast.work()
    assert {bool(row.done_at) for row in cast.rows(select(OutboxRow))} == {True}
    assert not kept.exists()
    sent = cast.written()
    cast.submit(sent)
    assert cast.as_(cast.vera).post(cast.page(sent, "ta-bort")).status_code == 404
    assert cast.letter(sent.id)


def test_nobody_else_finds_a_draft_and_who_represents_is_led_to_act(
    cast: Cast, db: Session
) -> None:
    letter = cast.written()
    cast.enclose(letter)
    (document,) = cast.rows(select(Document))
    places = [cast.page(letter), cast.page(letter, "lamna-in"), cast.page(letter, "kvitto"),
              f"/handlingar/till/submission/{letter.id}", f"/handlingar/{document.id}"]  # fmt: skip
    for person in (cast.everything, cast.negotiator, cast.secretary, cast.ture, cast.kalle):
        for address in places:
            assert cast.as_(person).get(address).status_code == 404, (person.name, address)
    assert cast.as_(cast.everything).get("/skrivelser").status_code == 404
    assert "Bemanningen" not in cast.as_(cast.ture).get("/skrivelser").text
    cast.as_(cast.vera).post("/mina-uppdrag/sluta")
    for address in ("/skrivelser", cast.page(letter)):
        answer = cast.as_(cast.vera).get(address)
        assert answer.location == f"/mina-uppdrag?next={address}"
    cast.as_(cast.vera).post(f"/mina-uppdrag/{cast.mandates[0].id}/foretrad")
    assert cast.as_(cast.vera).get(cast.page(letter)).status_code == 200
