"""A scanned batch is cut up into its letters: once, all or none, and by nobody else."""

import io
import re
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlmodel import Session, select

from dialog.apart import running
from dialog.core.cutting import Letter
from dialog.documents import folder as folders
from dialog.documents import forgetting, taking
from dialog.documents.models import ScanState, StoredFile
from dialog.people.models import Role
from dialog.storage.clock import now, today
from dialog.storage.engine import make_sessions
from dialog.submissions.intake import batches, entering, reading
from dialog.submissions.intake.entering import KnownError
from dialog.submissions.intake.models import LetterBatch
from dialog.submissions.intake.reading import Came
from dialog.submissions.models import Kind
from dialog.submissions.receipts import number_of
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

    for wrong in ({"skipped": list("12345")}, {"begins": ["²"]}):
        assert registrar.post(page, data=wrong).status_code == 422
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
    for old in db.exec(select(LetterBatch)):
        old.at = now() - batches.KEPT - timedelta(minutes=1)
    db.commit()
    assert handed_in(office, samples.pdf(4)).location == young  # and waits anew
    batches.forget_due(desk)
    waiting = db.exec(select(LetterBatch.id)).all()
    kept = db.exec(select(StoredFile.sha256)).all()
    db.commit()
    assert [str(each) for each in waiting] == [young.rpartition("/")[2]]
    assert len(kept) == 1  # of the others only the files are left, to be removed in an hour
    assert set(kept) <= {path.name for path in folders.kept(office.settings.documents)}
    assert letters(office) == []

    db.exec(select(StoredFile)).one().scan = ScanState.WAITING
    db.commit()
    assert "Så här blir breven" not in registrar.post(young, data={"begins": ["2"]}).text
    forgetting.forget_all(db, about=batches.ABOUT, about_id=waiting[0])
    db.commit()  # as another machine sees it that was just about to look for the file
    assert young not in registrar.get(PAGE).text
    assert "finns inte kvar" in registrar.get(young, follow_redirects=True).text


def turns_taken(monkeypatch: pytest.MonkeyPatch) -> ExitStack:
    """As many others have files read as can."""
    monkeypatch.setattr(running, "PATIENCE", 0)
    others = ExitStack()
    for _other in range(running.AT_ONCE):
        others.enter_context(running._TURNS)
    return others


def test_letters_that_are_alike_or_known_are_told_apart_and_no_mark_is_lost(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    registrar = office.browser(office.registrar)

    def cut(page: str, **form: Any) -> Any:
        return registrar.post(page, data={**form, "seen": seen(registrar.post(page, data=form))})

    page = handed_in(office, samples.pdf(3)).location
    alike = cut(page, begins=["2"], skipped=["3"])
    assert alike.status_code == 422
    assert "Brev 1 och brev 2 är exakt lika" in alike.text
    with turns_taken(monkeypatch):
        busy = cut(page, begins=["2"], skipped=["3"])
    assert "Försök igen om en minut" in busy.text
    for each in (alike, busy):
        marked = re.findall(r'name="(begins|skipped)" value="(\d)" checked', each.text)
        assert marked == [("begins", "2"), ("skipped", "3")]
    assert letters(office) == []
    assert cut(page, skipped=["2", "3"]).status_code == 302
    (letter,) = letters(office)
    other = handed_in(office, samples.pdf(4)).location
    known = f"Brev 1 är redan mottaget, med nummer {number_of(letter)}"
    assert known in cut(other, skipped=["2", "3", "4"]).text
    assert len(letters(office)) == 1

    def gone(*given: Any, **more: Any) -> Any:
        """Thrown away in another window, while it is cut up."""
        came = batch(*given, **more)
        office.browser(office.registrar).post(f"{other}/slang")
        return came

    batch = reading.batch
    monkeypatch.setattr(reading, "batch", gone)
    assert cut(other, begins=["2"]).location == "/inkomna-skrivelser"


def test_of_those_who_take_in_the_same_file_at_once_as_a_batch_or_a_letter_one_does(
    office: Office,
) -> None:
    content = samples.written_pdf(*PAGES)
    rita = makers.person(office.db, "Rita Registrator", Role.REGISTRAR)
    office.db.commit()
    cuts: dict[UUID, list[Letter]] = {
        office.registrar.id: [(1, 2), (4, 5)],
        rita.id: [(1,), (2, 4, 5)],
    }
    sessions = make_sessions(office.app.extensions["engine"])
    refused = []

    def take_in(do: Callable[[Session], object]) -> None:
        with office.app.test_request_context(), sessions() as session:
            try:
                do(session)
                time.sleep(0.2)  # so that the others come meanwhile
                session.commit()
            except KnownError as known:
                refused.append(known)

    ways: list[Callable[[Session], object]] = []
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
            ways.append(partial(batches.take_in, batch_id=batch.id, came=came, by=person_id))
    ways.append(
        partial(
            entering.take_in, came=Came(taken.given_sha256, taken),
            authority_id=office.board.id, arrived_on=today(), by=rita.id,
        )
    )  # fmt: skip
    moments = (0, 0, 0.1)  # the letter while a batch is being taken in
    threads = [
        threading.Timer(moment, take_in, args=(way,))
        for moment, way in zip(moments, ways, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 2
    assert len({each.batch_sha256 for each in letters(office)}) == 1
