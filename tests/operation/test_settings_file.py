"""`dialog --settings FILE`: the same file that systemd reads, and nothing secret in a command."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from dialog.cli import dialog
from dialog.core.configuration import WrongSettingError
from dialog.settings_file import read_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "staff.env"
    path.touch(mode=0o600)
    return path


def test_it_holds_what_systemd_would_read(file: Path) -> None:
    file.write_text(
        "# the staff application\n\nDIALOG_INSTANCE=/var/lib/dialog\n; more\n"
        "DIALOG_MAIL_FROM='Dialog <dialog@example.org>'\n"
        'DIALOG_DATABASE_URL="postgresql+psycopg://dialog:a=b#c@/dialog"\nDIALOG_CONTACT=\n',
        encoding="utf-8",
    )
    assert read_file(file) == {
        "DIALOG_INSTANCE": "/var/lib/dialog",
        "DIALOG_MAIL_FROM": "Dialog <dialog@example.org>",
        "DIALOG_DATABASE_URL": "postgresql+psycopg://dialog:a=b#c@/dialog",
        "DIALOG_CONTACT": "",
    }


def test_a_command_uses_it(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", os.environ.copy())
    file.write_text(f"DIALOG_INSTANCE={tmp_path}/there\n", encoding="utf-8")
    CliRunner().invoke(dialog, ["--settings", str(file), "migrate"], catch_exceptions=False)
    assert (tmp_path / "there" / "dialog.db").exists()


def test_a_line_that_is_none_is_named_without_its_words(file: Path) -> None:
    file.write_text("DIALOG_DEMO=0\nexport SECRET\n", encoding="utf-8")
    with pytest.raises(WrongSettingError, match="Line 2") as wrong:
        read_file(file)
    assert "SECRET" not in str(wrong.value)


def test_a_file_that_everybody_can_read_or_nobody_is_a_sentence(file: Path) -> None:
    file.chmod(0o644)
    with pytest.raises(WrongSettingError, match="chmod o="):
        read_file(file)
    with pytest.raises(WrongSettingError, match="cannot be read"):
        read_file(file.with_name("none.env"))
