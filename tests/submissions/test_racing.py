"""Many who submit at the same moment: no number is left out or given twice, no file is lost."""

import io
import threading
from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from dialog.core.submissions import State
from dialog.documents import folder as folders
from dialog.documents import keeping, taking
from dialog.storage.engine import make_sessions
from dialog.submissions import drafting, letter_files, receipts, submitting
from dialog.submissions.models import Submission
from dialog.unions.models import Mandate
from tests.submissions.cast import Cast

NUMBER = 50


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db)


def uploaded(cast: Cast, number: int) -> UUID:
    """A draft that is a file of its own, with an attachment that all have in common."""
    letter = drafting.begin(
        cast.db, organisation_id=cast.unions[0].id, authority_id=cast.board.id,
        subject=f"Skrivelse {number}",
    )  # fmt: skip
    for about, words in ((letter_files.LETTER, f"Text {number}."), (letter_files.ATTACHMENT, "B")):
        taken = taking.take(
            io.BytesIO(words.encode()), name="a.txt", otherwise="a",
            folder=cast.settings.documents, scanner="",
        )  # fmt: skip
        keeping.add(cast.db, about=about, about_id=letter.id, taken=taken, by=None)
        letter_files.PLACES[about].changed(cast.db, letter.id)
    return letter.id


def test_fifty_submitted_at_once_get_fifty_numbers_and_keep_their_files(cast: Cast) -> None:
    with cast.app.test_request_context():
        letters = [uploaded(cast, number) for number in range(NUMBER)]
    cast.db.commit()
    given_up = set(letters[::5])
    begin = threading.Barrier(NUMBER)

    def submit(letter_id: UUID) -> None:
        begin.wait()
        with cast.app.app_context(), make_sessions(cast.app.extensions["engine"])() as session:
            letter = session.get_one(Submission, letter_id)
            mandate = session.get_one(Mandate, cast.mandates[0].id)
            submitting.submit(
                session, submission=letter, mandate=mandate, revision=letter.revision, letter=None
            )
            session.rollback() if letter_id in given_up else session.commit()

    threads = [threading.Thread(target=submit, args=(each,)) for each in letters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = cast.rows(select(Submission).order_by(col(Submission.receipt_serial)))
    sent = [each for each in rows if each.state is State.RECEIVED]
    assert {each.id for each in rows} - {each.id for each in sent} == given_up
    assert sorted(each.receipt_serial for each in sent) == list(range(1, NUMBER * 4 // 5 + 1))
    assert len({each.digest for each in sent}) == len(sent)
    kept = {path.name for path in folders.kept(cast.settings.documents)}
    for each in sent:
        files = letter_files.of(cast.db, each)
        assert len(files) == 2
        assert {file.version.sha256 for file in files} <= kept
    cast.db.commit()


def test_each_year_has_its_own_series_by_the_clock_in_sweden(cast: Cast) -> None:
    old = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)
    new = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    found = [receipts.take(cast.db, at=at) for at in (old, new, old, new)]
    assert found == [(2026, 1), (2027, 1), (2026, 2), (2027, 2)]
