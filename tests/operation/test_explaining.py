"""What an operator reads when a setting, a folder or a database is not as it should be."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dialog.core.configuration import WrongSettingError
from dialog.settings import from_environment


def dialog(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dialog", *arguments],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value", "instead"),
    [
        ("DIALOG_BASE_URL", "dialog.example.org", "write https://"),
        ("DIALOG_BASE_URL", "http://localhost:99999", "write https://"),
        ("DIALOG_BOX_URL", "http://127.0.0.1:8001/box", "without a path"),
        ("DIALOG_DATABASE_URL", "mysql://x:secret@y/z", "write sqlite://… or postgresql"),
        ("DIALOG_SMTP_URL", "user:secret@mail", "write smtp://… or smtps://…"),
        ("DIALOG_LIMITS_URL", "memcached", "write memory://…"),
        ("DIALOG_LOG_LEVEL", "LOUD", "write DEBUG, INFO"),
        ("DIALOG_POSTING_GRACE", "-1", "write 0 or more"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_named_and_no_secret_is_repeated(
    name: str, value: str, instead: str
) -> None:
    with pytest.raises(WrongSettingError) as wrong:
        from_environment(**{name: value})
    assert str(wrong.value).startswith(name)
    assert instead in str(wrong.value)
    assert "secret" not in str(wrong.value)


@pytest.mark.parametrize(
    ("arguments", "settings", "words"),
    [
        (("round", "list"), {"DIALOG_INSTANCE": "{empty}"}, "dialog migrate"),
        (("migrate",), {"DIALOG_INSTANCE": "/proc/nowhere"}, "/proc/nowhere"),
        (
            ("migrate",),
            {"DIALOG_DATABASE_URL": "postgresql+psycopg://a:secret@127.0.0.1:1/a"},
            "The database cannot be used",
        ),
    ],
)
def test_what_the_machine_refuses_is_a_sentence_and_no_traceback(
    tmp_path: Path, arguments: tuple[str, ...], settings: dict[str, str], words: str
) -> None:
    ended = dialog(
        *arguments, **{name: value.format(empty=tmp_path) for name, value in settings.items()}
    )
    assert ended.returncode == 1
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "secret" not in ended.stderr


def test_two_applications_under_one_host_name_are_not_run(tmp_path: Path) -> None:
    ended = dialog(
        "run",
        DIALOG_INSTANCE=str(tmp_path),
        DIALOG_BASE_URL="http://127.0.0.1:1",
        DIALOG_BOX_URL="http://127.0.0.1:2",
    )
    assert ended.returncode == 2
    assert "both name 127.0.0.1" in ended.stderr
    assert not list(tmp_path.iterdir())
