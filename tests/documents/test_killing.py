"""Killed with -9 in the middle of uploads: every document has its whole file, every upload that was
acknowledged is there, and nothing is left over once it has been looked for.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from flask import Flask
from sqlmodel import Session, select

from dialog.documents import folder as folders
from dialog.documents.models import DocumentVersion, StoredFile
from dialog.people import sessions
from dialog.settings import Settings
from tests.documents.cast import Cast

KILLS = 8


def test_a_killed_upload_is_a_whole_document_or_none(
    app: Flask, db: Session, tmp_path: Path
) -> None:
    cast = Cast(app, db)
    token = sessions.begin(db, person_id=cast.secretary.id, device="test")
    db.commit()
    module = ["tests.documents.uploader", cast.page(), token]
    acknowledged = kill(module, cast.settings, tmp_path, times=KILLS, seed=49)
    _look(db, cast, acknowledged)


def kill(
    module: list[str], settings: Settings, folder: Path, *, times: int, seed: int
) -> list[str]:
    """Have a module work in processes that are killed in the middle; what each acknowledged."""
    rng = random.Random(seed)
    environment = {
        **os.environ,
        "DIALOG_INSTANCE": str(settings.instance),
        "DIALOG_DATABASE_URL": settings.database_url,
        "DIALOG_LOG_LEVEL": "ERROR",
    }
    acknowledged = [folder / f"{number}.acknowledged" for number in range(times)]
    with subprocess.Popen(
        [sys.executable, "-m", *module],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as zygote:  # fmt: skip
        assert zygote.stdin
        assert zygote.stdout
        assert zygote.stdout.readline() == "ready\n"
        for path in acknowledged:
            print(path, file=zygote.stdin, flush=True)
            child = int(zygote.stdout.readline())
            _wait_for(path)
            time.sleep(rng.uniform(0, 0.15))
            os.kill(child, signal.SIGKILL)
        zygote.stdin.close()
        zygote.wait(10)
    return [name for path in acknowledged for name in path.read_text().splitlines()]


def _wait_for(path: Path) -> None:
    """Until something was acknowledged: then it is in the middle of its work."""
    for _time in range(2_000):
        if path.exists() and path.stat().st_size:
            return
        time.sleep(0.01)
    raise AssertionError


def _look(db: Session, cast: Cast, acknowledged: list[str]) -> None:
    folder = cast.settings.documents
    rows = {row.sha256 for row in db.exec(select(StoredFile))}
    versions = list(db.exec(select(DocumentVersion)))
    db.commit()
    assert len(acknowledged) >= KILLS
    assert {version.name for version in versions} >= set(acknowledged)
    assert {version.sha256 for version in versions} == rows
    for sha256 in rows:
        assert folders.measure(folders.path_of(folder, sha256)).sha256 == sha256
    for left in folders.left_over(folder, rows, older_than=0):
        assert folders.clear(left, older_than=0)
    assert {path.name for path in folders.kept(folder)} == rows
    assert not list((folder / folders.INCOMING).iterdir())
