"""A backup holds the documents that rows speak of, and a restore puts them back."""

import io
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from dialog.cli import dialog
from dialog.documents import folder as folders
from dialog.documents import keeping, taking
from dialog.people.models import Person
from dialog.storage.engine import session_at
from tests import makers

CONTENTS = (b"Underlag till mars", b"Underlag till april")


class Instance:
    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url

    def run(self, *words: str) -> Result:
        environment = {"DIALOG_INSTANCE": str(self.folder), "DIALOG_DATABASE_URL": self.url}
        result: Result = CliRunner().invoke(dialog, words, env=environment)
        return result

    def hand_in(self, content: bytes, by: Person) -> Path:
        taken = taking.take(
            io.BytesIO(content), name="a.txt", otherwise="a", folder=self.documents, scanner=""
        )
        with session_at(self.url) as db:
            keeping.add(db, about="agenda-item", about_id=uuid4(), taken=taken, by=by.id)
            db.commit()
        return folders.path_of(self.documents, taken.sha256)

    @property
    def documents(self) -> Path:
        return self.folder / "documents"


@pytest.fixture
def instance(tmp_path: Path, url: str) -> Instance:
    return Instance(tmp_path, url)


@pytest.fixture
def author(url: str) -> Person:
    with session_at(url) as db:
        db.expire_on_commit = False
        return makers.person(db, "Sara Sekreterare")


def test_documents_are_in_the_backup_and_come_back(
    instance: Instance, author: Person, tmp_path: Path
) -> None:
    first, second = (instance.hand_in(content, author) for content in CONTENTS)
    assert instance.run("backup", str(tmp_path / "copy")).exit_code == 0
    later = instance.hand_in(b"Underlag till maj", author)
    first.unlink()
    second.write_bytes(b"damaged")
    assert instance.run("files", "check").exit_code == 1
    restored = instance.run("restore", str(tmp_path / "copy"), "--yes")
    assert restored.exit_code == 0, restored.output
    assert (first.read_bytes(), second.read_bytes()) == CONTENTS
    assert instance.run("files", "check").output.startswith("2 files, 0 of them lost or damaged.")
    assert later.exists()  # no document has it any more: `dialog files check --mend`, in a day


def test_a_backup_with_a_damaged_document_is_refused(
    instance: Instance, author: Person, tmp_path: Path
) -> None:
    path = instance.hand_in(CONTENTS[0], author)
    assert instance.run("backup", str(tmp_path / "copy")).exit_code == 0
    folders.path_of(tmp_path / "copy" / "documents", path.name).write_bytes(b"other")
    refused = instance.run("restore", str(tmp_path / "copy"), "--yes")
    assert "is damaged" in str(refused.exception)
