"""A scanned batch is cut up into its letters: once, all or none, and by nobody else."""

import io
import re
import threading
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlmodel import Session, select

from dialog.core.cutting import Letter
from dialog.documents import folder as folders
from dialog.documents import taking
from dialog.documents.models import StoredFile
from dialog.people.models import Role
from dialog.storage.clock import now, today
from dialog.storage.engine import make_sessions
from dialog.submissions.intake import batches, reading
from dialog.submissions.intake.entering import KnownError
from dialog.submissions.intake.models import LetterBatch
from dialog.submissions.intake.reading import Came
from dialog.submissions.models import Kind
from tests import makers
from tests.documents import samples
from tests.documents.cast import Browser
from tests.submissions.office import Office
from tests.submissions.test_intake import PAGE, letters, names, text_of

PAGES = ("Kära nämnd, om natten", "Asta Ask", "", "Till styrelsen", "Bo Berg")


@pytest.fixture
def office(app: Flask, db: Session) -> Office:
    db.expire_on_commit = False
    app.test_client_class = Browser
    return Office(app, db)


def handed_in(office: Office, content: bytes, *, batch: bool = True) -> Any:
    data = {
        "authority": str(office.board.id), "arrived_on": "2026-11-27",
        "files": (io.BytesIO(content), "Post.pdf"), **({"batch": "y"} if batch else {}),
    }  # fmt: skip
    return office.browser(office.registrar).post(PAGE, data=data)


def seen(page: Any) -> str:
    found = re.search(r'name="seen"[^>]*value="([^"]*)"', page.text)
    assert found, page.text
    return found[1]


def test_a_batch_becomes_its_letters_when_they_have_been_seen(office: Office) -> None:
    batch = samples.written_pdf(*PAGES)
    registrar = office.browser(office.registrar)
    page = handed_in(office, batch).location
    assert handed_in(office, batch).location == page  # the same that waits already
    assert "Post.pdf" in registrar.get(PAGE).text
    shown = registrar.get(page).text
    assert "Sida 3 av 5" in shown
    assert shown.count("Ser tom ut") == 1
    assert re.findall(r'name="skipped" value="(\d)" checked', shown) == ["3"]
    (drawn,) = office.settings.files.glob("documents/*/small-2.jpeg")
    drawn.unlink()  # as on a machine that has not shown the page
    pictures = re.findall(r'src="([^"]+/liten)"', shown)
    assert [registrar.get(each).mimetype for each in pictures] == ["image/jpeg"] * 5
    stranger = office.browser(makers.person(office.db, "Rita Registrator", Role.REGISTRAR))
    office.db.commit()
    assert [stranger.get(each).status_code for each in (page, pictures[0])] == [404, 404]
    assert "Post.pdf" not in stranger.get(PAGE).text

    assert registrar.post(page, data={"skipped": list("12345")}).status_code == 422
    form: dict[str, Any] = {"begins": ["2", "4"], "skipped": ["3"]}
    asked = registrar.post(page, data=form)
    assert asked.status_code == 200
    assert "Ta emot 3 brev" in asked.text
    form = {"begins": ["4"], "skipped": ["3"], "seen": seen(asked)}
    asked = registrar.post(page, data=form)  # another cut than the one that was seen
    assert letters(office) == []
    taken = registrar.post(page, data={**form, "seen": seen(asked)})
    assert taken.status_code == 302
    assert [each.subject for each in letters(office)] == ["Post, brev 1", "Post, brev 2"]
    assert {each.kind for each in letters(office)} == {Kind.MAIL}
    assert {each.arrived_on for each in letters(office)} == {date(2026, 11, 27)}
    assert names(office) == ["Post, brev 1.pdf", "Post, brev 2.pdf"]
    first = text_of(office, "Post, brev 1.pdf")
    assert "natten" in first
    assert "Asta" in first
    assert "Bo Berg" not in first

    again = registrar.post(page, data={**form, "seen": seen(asked)}, follow_redirects=True)
    assert "finns inte kvar" in again.text
    for each in (True, False):  # as a batch, or as one letter
        refused = handed_in(office, batch, batch=each)
        assert refused.status_code == 422
        assert "redan mottaget" in refused.text
    assert len(letters(office)) == 2


def test_a_batch_that_is_not_taken_in_is_gone_with_its_file(office: Office) -> None:
    registrar = office.browser(office.registrar)
    assert "flera sidor" in handed_in(office, samples.pdf()).text
    assert "högst 100 sidor" in handed_in(office, samples.pdf(101)).text
    page = handed_in(office, samples.pdf(2)).location
    assert registrar.post(f"{page}/slang").status_code == 302
    handed_in(office, samples.pdf(3))
    young = handed_in(office, samples.pdf(4)).location
    desk, db = makers.desk(office.db, office.settings), office.db
    old = db.exec(select(LetterBatch).order_by(LetterBatch.at)).first()  # type: ignore[arg-type]  # a column
    assert old is not None
    old.at = now() - batches.KEPT - timedelta(minutes=1)
    db.add(old)
    db.commit()
    batches.forget_due(desk)
    waiting = db.exec(select(LetterBatch.id)).all()
    kept = db.exec(select(StoredFile.sha256)).all()
    db.commit()
    assert [str(each) for each in waiting] == [young.rpartition("/")[2]]
    assert len(kept) == 1  # of the others only the files are left, to be removed in an hour
    assert set(kept) <= {path.name for path in folders.kept(office.settings.documents)}
    assert letters(office) == []


def test_of_two_who_take_in_the_same_batch_at_once_one_does(office: Office) -> None:
    content = samples.written_pdf(*PAGES)
    rita = makers.person(office.db, "Rita Registrator", Role.REGISTRAR)
    office.db.commit()
    cuts: dict[UUID, list[Letter]] = {
        office.registrar.id: [(1, 2), (4, 5)],
        rita.id: [(1,), (2, 4, 5)],
    }
    sessions = make_sessions(office.app.extensions["engine"])
    begin, refused = threading.Barrier(2), []

    def take_in(batch_id: UUID, came: list[Came], by: UUID) -> None:
        begin.wait()
        with office.app.test_request_context(), sessions() as session:
            try:
                batches.take_in(session, batch_id=batch_id, came=came, by=by)
                session.commit()
            except KnownError as known:
                refused.append(known)

    threads = []
    with office.app.test_request_context():
        for person_id, cut in cuts.items():
            taken = taking.keep_ours(content, name="Post.pdf", settings=office.settings)
            batch = batches.keep(
                office.db, taken=taken, authority_id=office.board.id, arrived_on=today(),
                by=person_id,
            )  # fmt: skip
            shown = batches.existing(office.db, batch_id=batch.id).shown
            office.db.commit()
            came = reading.batch(shown, cut, settings=office.settings)
            threads.append(threading.Thread(target=take_in, args=(batch.id, came, person_id)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert len(letters(office)) == 2
