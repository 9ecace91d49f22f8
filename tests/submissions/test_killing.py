"""Killed with -9 in the middle of submitting: each letter is a draft or a whole one with its files,
and every receipt that was given stands.
"""

from pathlib import Path
from typing import Final

from flask import Flask
from sqlmodel import Session, col, select

from dialog.core.submissions import State, fingerprint
from dialog.documents import folder as folders
from dialog.documents.models import StoredFile
from dialog.people import sessions
from dialog.people.sessions import token_hash
from dialog.submissions import letter_files
from dialog.submissions.models import Submission, SubmissionStep
from dialog.unions.models import Acting
from tests.documents.test_killing import kill
from tests.submissions.cast import Cast

KILLS: Final = 4


def test_a_killed_submission_is_a_draft_or_a_whole_letter(
    app: Flask, db: Session, tmp_path: Path
) -> None:
    cast = Cast(app, db)
    token = sessions.begin(db, person_id=cast.vera.id, device="test")
    db.add(Acting(token_hash=token_hash(token), mandate_id=cast.mandates[0].id))
    db.commit()
    module = ["tests.submissions.submitter", str(cast.board.id), token]
    acknowledged = kill(module, cast.settings, tmp_path, times=KILLS, seed=53)
    letters = cast.rows(select(Submission).order_by(col(Submission.receipt_serial)))
    sent = [each for each in letters if each.state is State.RECEIVED]
    assert len(acknowledged) >= KILLS
    assert {f"/skrivelser/{each.id}" for each in sent} >= set(acknowledged)
    assert [each.receipt_serial for each in sent] == list(range(1, len(sent) + 1))
    assert len(cast.rows(select(SubmissionStep))) == len(sent)
    folder, known = cast.settings.documents, {row.sha256 for row in cast.rows(select(StoredFile))}
    for each in sent:
        files = [(file.version.name, file.version.sha256) for file in letter_files.of(db, each)]
        assert [name for name, _sha256 in files] == ["Skrivelse.pdf", "Bilaga.txt"]
        assert fingerprint(files) == each.digest
        for _name, sha256 in files:
            assert folders.measure(folders.path_of(folder, sha256)).sha256 == sha256
    for left in folders.left_over(folder, known, older_than=0):
        assert folders.clear(left, older_than=0)
    assert {path.name for path in folders.kept(folder)} == known
    db.commit()
