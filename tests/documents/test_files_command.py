"""`dialog files check`: what is lost or damaged is said, and what is left over is removed."""

import os
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlmodel import Session

from dialog.cli import dialog
from dialog.documents import folder as folders
from tests.documents import samples
from tests.documents.cast import Cast


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    made = Cast(app, db)
    made.hand_in(samples.pdf(1))
    made.hand_in(samples.pdf(2))
    return made


def check(cast: Cast, *words: str) -> tuple[int, str]:
    cast.db.commit()
    environment = {
        "DIALOG_INSTANCE": str(cast.settings.instance),
        "DIALOG_DATABASE_URL": cast.settings.database_url,
    }
    result = CliRunner().invoke(dialog, ["files", "check", *words], env=environment)
    return result.exit_code, result.output


def age(path: Path) -> None:
    long_ago = time.time() - 48 * 3600
    os.utime(path, (long_ago, long_ago))


def left_by_a_killed_process(cast: Cast) -> list[Path]:
    """A file whose row was never committed, and one that was being received."""
    folder = cast.settings.documents
    orphan = folders.path_of(folder, "ab" + "0" * 62)
    received = folder / folders.INCOMING / "0a" / "given"
    for path in (orphan, received):
        path.parent.mkdir(parents=True)
        path.write_bytes(b"%PDF-")
        age(path)
    age(received.parent)
    return [orphan, received]


def test_when_all_is_well_it_says_so(cast: Cast) -> None:
    status, said = check(cast)
    assert status == 0
    assert "2 files, 0 of them lost or damaged." in said
    assert "2 have not been seen by a virus scanner." in said


def test_what_no_document_has_is_told_and_removed_when_asked(cast: Cast) -> None:
    left = left_by_a_killed_process(cast)
    status, said = check(cast)
    assert status == 0
    assert said.count("belongs to no document") == 3  # the two files, and a folder
    assert all(path.exists() for path in left)
    _status, said = check(cast, "--mend")
    assert said.count("is removed") == 3
    assert not any(path.exists() for path in left)
    assert not (cast.settings.documents / folders.INCOMING / "0a").exists()
    assert check(cast)[1].startswith("2 files, 0 of them")


def test_what_came_in_today_is_left_alone(cast: Cast) -> None:
    left = left_by_a_killed_process(cast)
    for path in (*left, left[1].parent):
        os.utime(path)
    assert "belong" not in check(cast, "--mend")[1]
    assert all(path.exists() for path in left)


def test_one_that_is_handed_in_again_while_mending_is_put_back(cast: Cast) -> None:
    path = next(folders.kept(cast.settings.documents))
    assert not folders.clear(path, older_than=3600)  # it is young
    assert path.exists()


def test_a_lost_and_a_damaged_file_are_named(cast: Cast) -> None:
    first, second = folders.kept(cast.settings.documents)
    first.unlink()
    second.write_bytes(b"something else")
    status, said = check(cast, "--mend")
    assert status == 1
    assert f"{first.name} is missing" in said
    assert f"{second.name} is damaged" in said
    assert second.exists()


def test_a_lost_file_is_a_sentence_and_no_fault_of_ours(cast: Cast) -> None:
    for path in folders.kept(cast.settings.documents):
        path.unlink()
    at = f"/handlingar/{cast.documents()[0].id}"
    answer = cast.as_(cast.secretary).get(f"{at}/1/fil")
    assert answer.status_code == 409
    assert "saknas på servern" in answer.text
    assert "går inte att visa" in cast.as_(cast.secretary).get(at).text
