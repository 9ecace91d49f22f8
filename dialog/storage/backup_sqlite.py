"""Backup of SQLite: a copy of the file as of one moment, and putting it in the file's place."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import sqlalchemy as sa

from dialog.core.errors import RefusedError
from dialog.storage.backup import Adjust
from dialog.storage.engine import BUSY_MILLISECONDS, session_at
from dialog.storage.files import settle
from dialog.storage.migrating import upgrade

FILE = "database.sqlite"


def copy_to(url: str, folder: Path) -> str:
    """VACUUM INTO reads one state and lets others write meanwhile; what was erased from the
    database is not in the copy, and where a row lies in it says nothing of when it came.
    """
    path = _path(url)
    if not path.exists():
        raise RefusedError(f"There is no database at {path}.")
    copy = folder / FILE
    with closing(_connect(path)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    with closing(_connect(copy)) as connection:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
    return str(found[0])


def holds_rows(url: str) -> bool:
    path = _path(url)
    if not path.exists():
        return False
    with closing(_connect(path)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            " AND name NOT IN ('alembic_version') AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return any(
            connection.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()  # noqa: S608 - from its own schema
            for (name,) in tables
        )


def put_back(
    url: str,
    folder: Path,
    *,
    side: str,
    revision: str,  # noqa: ARG001 - the file knows its revision
    adjust: Adjust,
    role: str | None,  # noqa: ARG001 - SQLite knows no roles
) -> None:
    """Prepare a copy beside the database and rename it into place: at every moment the file is
    wholly the old one or wholly the new one.
    """
    path = _path(url)
    draft = path.with_name(f".{path.name}.restoring")
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove(draft)
    try:
        with closing(_connect(folder / FILE)) as source, closing(_connect(draft)) as copy:
            source.backup(copy)
        draft.chmod(0o600)
        draft_url = f"sqlite:///{draft}"
        upgrade(side, draft_url)
        with session_at(draft_url) as session:
            adjust(session)
            session.commit()
        _close_for_good(draft)
        if path.exists():
            _close_for_good(path)
            _belong_as(path, draft)
        draft.replace(path)
        settle(path.parent)
    finally:
        _remove(draft)


def _close_for_good(path: Path) -> None:
    """Fold the write-ahead log into the file and remove it, which takes that nobody else is
    connected: a log left behind would be taken for the new file's.
    """
    with closing(_connect(path, wait=1.0)) as connection:
        try:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        except sqlite3.OperationalError:
            mode = "busy"
    if mode != "delete":
        raise RefusedError("Dialog is running. Stop it first; nothing was changed.")
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _belong_as(path: Path, draft: Path) -> None:
    """Whoever restores, the application goes on reading and writing its file."""
    before = path.stat()
    draft.chmod(before.st_mode & 0o777)
    with suppress(PermissionError):
        os.chown(draft, before.st_uid, before.st_gid)


def _connect(path: Path, *, wait: float = BUSY_MILLISECONDS / 1000) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=wait, isolation_level=None)


def _path(url: str) -> Path:
    return Path(str(sa.make_url(url).database)).absolute()


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).unlink()
