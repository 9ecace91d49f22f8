"""Killed with -9 while registering: a letter waits still, or stands in the diary with its
number and its files, and the chain holds.
"""

from pathlib import Path
from typing import Final

from flask import Flask
from sqlmodel import Session, select

from dialog.core.submissions import State
from dialog.diary import files as diary_files
from dialog.documents import keeping
from dialog.people import sessions
from dialog.storage.clock import now
from dialog.submissions import letter_files, receipts
from dialog.submissions.models import Kind, Submission
from tests.documents.test_killing import kill
from tests.submissions import letters
from tests.submissions.office import Office
from tests.submissions.registrar import INCOMING

KILLS: Final = 3
LETTERS: Final = 40


def test_a_killed_registration_leaves_a_whole_entry_or_none(
    app: Flask, db: Session, tmp_path: Path
) -> None:
    db.expire_on_commit = False
    office = Office(app, db)
    _receive(office)
    token = sessions.begin(db, person_id=office.registrar.id, device="test")
    db.commit()
    module = ["tests.submissions.registrar", token]
    acknowledged = kill(module, office.settings, tmp_path, times=KILLS, seed=59)
    query = select(Submission).execution_options(populate_existing=True)
    by_state = {state: [each for each in db.exec(query) if each.state is state] for state in State}
    registered, waiting = by_state[State.REGISTERED], by_state[State.RECEIVED]
    db.commit()
    assert len(acknowledged) >= KILLS
    assert {f"{INCOMING}/{each.id}" for each in registered} >= set(acknowledged)
    assert waiting, "it was not killed in the middle"
    assert len(registered) + len(waiting) == LETTERS
    lines = {each.id: each for each in office.lines() if each.document}
    assert {each.line_id for each in registered} == set(lines)
    assert all(each.line_id is None for each in waiting)
    files = diary_files.of_lines(db, list(lines.values()))
    db.commit()
    assert {len(files[line_id]) for line_id in lines} == {2}
    assert office.faults() == []


def _receive(office: Office) -> None:
    """Letters with the same two files: what is tried is what comes after."""
    taken = [letters.taken(office.settings, name) for name in ("Skrivelse.pdf", "Schema.pdf")]
    for _number in range(LETTERS):
        year, serial = receipts.take(office.db, at=now())
        made = Submission(
            kind=Kind.MAIL, state=State.RECEIVED, authority_id=office.board.id, subject="Bemanning",
            submitted_at=now(), receipt_year=year, receipt_serial=serial, uploaded=True,
        )  # fmt: skip
        office.db.add(made)
        office.db.flush()
        for about, file in zip(letter_files.PLACES, taken, strict=True):
            keeping.add(office.db, about=about, about_id=made.id, taken=file, by=None)
    office.db.commit()
