"""The worker as a process of its own."""

import os
import signal
import subprocess
import sys
import time

from sqlmodel import Session

from dialog import worker
from dialog.settings import Settings
from dialog.storage import heartbeat
from tests.surveys.rounds.cast import Cast


def environment(settings: Settings) -> dict[str, str]:
    return {
        **os.environ,
        "DIALOG_INSTANCE": str(settings.instance),
        "DIALOG_DATABASE_URL": settings.database_url,
        "DIALOG_DEMO": "0",
    }


def test_once_does_what_is_due_and_ends(db: Session, settings: Settings) -> None:
    round_ = Cast(db).opened_to_all(settings)
    ended = subprocess.run(
        [sys.executable, "-m", "dialog", "worker", "--once"],
        env=environment(settings), check=False, capture_output=True, timeout=60,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert (settings.exchange / f"{round_.id}.state.json").exists()


def test_a_signal_ends_it_cleanly(db: Session, settings: Settings) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "dialog", "worker"],
        env=environment(settings), stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while heartbeat.last(db, name=worker.NAME) is None and time.monotonic() < deadline:
            db.rollback()
            time.sleep(0.2)
        running.send_signal(signal.SIGTERM)
        _output, errors = running.communicate(timeout=10)
    finally:
        running.kill()
    assert (running.returncode, errors) == (0, b"")
