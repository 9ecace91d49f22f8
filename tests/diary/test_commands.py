"""`dialog diary`: what an operator or an auditor does."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from flask import Flask
from sqlmodel import Session, col, select

from dialog.cli import dialog
from dialog.core.errors import WrongInputError
from dialog.diary import commands
from dialog.diary.comparing import What
from dialog.diary.models import DiaryAuthority, DiaryLine, DiaryWord, Scope
from dialog.settings import Settings
from tests.diary.test_registering import opened, registered

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(commands, "from_environment", lambda: settings)

    def invoke(*words: str) -> Result:
        return CliRunner().invoke(dialog, ["diary", *words])

    return invoke


def test_a_diary_is_given_published_and_tried(run: Run, db: Session, tmp_path: Path) -> None:
    db.expire_on_commit = False
    assert run("authority", "--name", "Regionstyrelsen", "--letters", "rs").exit_code == 0
    again = run("authority", "--name", "Annan nämnd", "--letters", "RS")
    assert isinstance(again.exception, WrongInputError)
    board = db.exec(select(DiaryAuthority)).one()
    db.commit()
    registered(db, board, opened(db, board))
    kept = tmp_path / "head.txt"
    kept.write_text(run("head").output)
    registered(db, board, opened(db, board))
    whole = run("verify", "--head", str(kept))
    assert (whole.exit_code, whole.output) == (0, "RS: 4 entries, all as they were written\n")
    line = db.exec(select(DiaryLine).where(DiaryLine.position == 2)).one()
    line.subject = "Något annat"
    db.add(line)
    db.commit()
    broken = run("verify")
    assert broken.exit_code == 1
    assert broken.output.splitlines()[0] == "RS 2: what is shown is not what the entry says"


def test_a_diary_that_is_gone_or_of_another_head_is_told(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "head.txt"
    kept.write_text(f"RS 3 {bytes(32).hex()}\n")
    gone = run("verify", "--head", str(kept))
    assert (gone.exit_code, gone.output) == (1, "RS: the diary is gone\n")
    run("authority", "--name", "Regionstyrelsen", "--letters", "RS")
    other = run("verify", "--head", str(kept))
    assert other.output == "RS 3: the diary is not the one that was published\n"
    kept.write_text("RS three\n")
    assert isinstance(run("verify", "--head", str(kept)).exception, WrongInputError)


def test_an_index_that_is_not_as_it_should_be_is_made_anew(run: Run, db: Session) -> None:
    db.expire_on_commit = False
    run("authority", "--name", "Regionstyrelsen", "--letters", "RS")
    board = db.exec(select(DiaryAuthority)).one()
    db.commit()
    registered(db, board, opened(db, board))
    broken = sa.update(DiaryWord).where(col(DiaryWord.word) == "year=2026").values(places=b"x")
    db.connection().execute(broken)
    db.connection().execute(sa.delete(DiaryWord).where(col(DiaryWord.scope) == Scope.PUBLIC))
    db.commit()
    told = run("verify").output.splitlines()
    assert told == [f"RS {position}: {commands.WRONG[What.WORDS]}" for position in (1, 2)]
    assert run("index").output == "RS\n"
    assert run("verify").exit_code == 0
