from datetime import timedelta

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlmodel import Session

from dialog.core.errors import IllegalTransitionError, WrongInputError
from dialog.settings import Settings
from dialog.storage.clock import STOCKHOLM
from dialog.surveys.models import Round, RoundState
from dialog.surveys.rounds.commands import round_ as command
from tests.surveys.rounds.cast import Cast


@pytest.fixture
def cast(app: Flask, db: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setenv("DIALOG_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DIALOG_DATABASE_URL", settings.database_url)
    return Cast(db)


def run(*words: str, typed: str = "") -> str:
    result = CliRunner().invoke(command, words, input=typed, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_round_is_run_from_the_command_line(db: Session, cast: Cast) -> None:
    round_ = cast.approved()
    key = str(round_.id)
    closes = round_.closes_at
    assert closes is not None
    db.rollback()
    assert "approved" in run("list")
    assert "15 invited" in run("open", key)
    run("pause", key, "--reason", "Fel i frågorna.")
    assert "Nothing to reconcile" in run("reconcile", key)
    run("resume", key)
    later = (closes + timedelta(days=2)).astimezone(STOCKHOLM).strftime("%Y-%m-%dT%H:%M")
    assert later.replace("T", " ") in run("extend", key, "--until", later)
    run("close", key, typed="y\n")
    shown = run("show", key)
    assert "closed" in shown
    assert "Pausades" in shown
    db.expire_all()
    assert db.get_one(Round, round_.id).state is RoundState.CLOSED


def test_what_is_not_possible_is_a_sentence(db: Session, cast: Cast) -> None:
    round_ = cast.plan()
    db.rollback()
    with pytest.raises(IllegalTransitionError, match="Det som går nu"):
        run("pause", str(round_.id))
    with pytest.raises(WrongInputError, match="no such round"):
        run("show", str(cast.survey.id))
