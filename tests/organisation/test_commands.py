from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import Session, select

from dialog.cli import main
from dialog.organisation import commands
from dialog.people.models import Person
from dialog.settings import Settings
from tests.organisation.rosters import PEOPLE, UNITS

Files = tuple[Path, Path]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def files(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Files:
    monkeypatch.setenv("DIALOG_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DIALOG_DATABASE_URL", settings.database_url)
    monkeypatch.setattr(commands, "upgrade", lambda *_args: None)  # the tables stand already
    paths = tmp_path / "units.csv", tmp_path / "people.csv"
    paths[0].write_text(UNITS, encoding="utf-8")
    paths[1].write_text(PEOPLE, encoding="utf-8")
    return paths


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `dialog organisation import …`; gives exit status and both outputs."""

    def call(*words: object) -> tuple[int, str, str]:
        command = ["dialog", "organisation", "import", *map(str, words)]
        monkeypatch.setattr("sys.argv", command)
        status = 0
        try:
            main()
        except SystemExit as ended:
            status = int(ended.code or 0)
        told = capsys.readouterr()
        return status, told.out, told.err

    return call


def people(db: Session) -> int:
    db.rollback()
    return len(db.exec(select(Person.id).where(Person.active)).all())


def test_files_are_imported_and_the_change_is_told(db: Session, files: Files, run: Run) -> None:
    status, out, _err = run(*files)
    assert status == 0
    assert "Nya personer: 6" in out
    assert people(db) == 6
    db.rollback()
    status, out, _err = run(*files)
    assert (status, out) == (0, "Inget skiljer sig från organisationen som den är.\n")


def test_a_dry_run_changes_nothing(db: Session, files: Files, run: Run) -> None:
    status, out, _err = run(*files, "--dry-run")
    assert status == 0
    assert "Nya personer: 6" in out
    assert people(db) == 0


def test_wrong_files_are_exit_status_2_with_every_fault(
    db: Session, files: Files, run: Run
) -> None:
    files[1].write_text(PEOPLE.replace("F02,staff", "F9,boss"), encoding="utf-8")
    status, _out, err = run(*files)
    assert status == 2
    assert "Inget har lästs in: 6 fel i filerna." in err
    assert "people.csv, rad 4, kolumn unit: Enheten ”F9”" in err
    assert people(db) == 0


def test_a_file_that_is_not_there_is_exit_status_2(files: Files, run: Run) -> None:
    status, _out, err = run(files[0], "nowhere.csv")
    assert status == 2
    assert "nowhere.csv" in err


def test_when_many_would_leave_it_must_be_said_to_be_meant(
    db: Session, files: Files, run: Run
) -> None:
    run(*files)
    files[1].write_text(PEOPLE.rpartition("David")[0], encoding="utf-8")
    status, _out, err = run(*files)
    assert (status, people(db)) == (2, 6)
    assert "--yes" in err
    db.rollback()
    assert run(*files, "--yes")[0] == 0
    assert people(db) == 3


def test_columns_that_are_not_used_are_told_of(files: Files, run: Run) -> None:
    files[1].write_text(PEOPLE.replace("level\n", "level,phone\n", 1), encoding="utf-8")
    assert "people.csv: kolumnen ”phone” används inte." in run(*files)[2]
