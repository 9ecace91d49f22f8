"""A copy of one database in a folder, taken while it is in use, and putting it back.

The folder holds the database in its own form and `manifest.json` with a SHA-256 of each file, so
that a damaged copy is found before anything is replaced. Secret keys are never part of it.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from alembic.util import CommandError
from sqlmodel import Session

from dialog.core.errors import RefusedError, WrongInputError
from dialog.storage.clock import now
from dialog.storage.files import settle, write_whole

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 2**20

Adjust = Callable[[Session], None]


class Kind(Protocol):
    """What each kind of database does in its own way."""

    def copy_to(self, url: str, folder: Path) -> str:
        """Write one consistent state into `folder`; gives its alembic revision."""

    def holds_rows(self, url: str) -> bool:
        """Whether there is anything that a restore would replace."""

    def put_back(
        self,
        url: str,
        folder: Path,
        *,
        side: str,
        revision: str,
        adjust: Adjust,
        role: str | None,
    ) -> None:
        """Replace the database by the copy, brought up to date and then adjusted: all of it or
        nothing. `role` is the application's, where another owns the tables. Raises RefusedError
        while anybody else is connected.
        """


@dataclass(frozen=True)
class Backup:
    """A folder that was checked: its files are what they were when they were written."""

    folder: Path
    side: str  # "staff" or "ballotbox"
    database: str  # "sqlite" or "postgresql"
    revision: str
    made_at: str  # ISO, UTC


def make(
    url: str, folder: Path, *, side: str, beside: Callable[[Path], None] = lambda _folder: None
) -> Backup:
    """Copy the database at `url` to `folder`, which must not exist or be empty; then `beside` may
    put there what rows speak of.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongInputError(f"{folder} already holds something. Name a new folder.")
    draft = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True, mode=0o700)
    try:
        with _private_files():
            revision = kind_of(url).copy_to(url, draft)
            beside(draft)
        backup = Backup(folder, side, _name(url), revision, now().isoformat(timespec="seconds"))
        write_whole(draft / MANIFEST, [_dump(backup, draft)], mode=0o600)
        if folder.exists():
            folder.rmdir()
        draft.rename(folder)
        settle(folder.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return backup


def read(folder: Path) -> Backup:
    """The backup in `folder`. Raises WrongInputError if it is none, or is damaged."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        if manifest["format"] != FORMAT:
            raise WrongInputError(f"{folder} was made by a later version of Dialog.")
        files: dict[str, str] = manifest["files"]
        backup = Backup(folder, *(manifest[name] for name in _FIELDS))
    except (OSError, ValueError, KeyError, TypeError):
        raise WrongInputError(f"{folder} is not a backup: {MANIFEST} cannot be read.") from None
    damaged = [name for name, digest in files.items() if _digest(folder / name) != digest]
    if damaged:
        raise WrongInputError(f"{folder} is damaged. Nothing was changed.", tuple(damaged))
    return backup


def restore(
    url: str,
    backup: Backup,
    *,
    side: str,
    replace: bool,
    adjust: Adjust,
    role: str | None = None,
) -> None:
    """Make the database at `url` what it was, then let `adjust` change it before anybody sees it.

    Raises RefusedError if it holds rows and `replace` is not said, while anybody is connected to
    it, or if the backup is of the other side or of another kind of database.
    """
    if backup.side != side:
        raise RefusedError(f"{backup.folder} is a backup of {backup.side}, not of {side}.")
    if backup.database != _name(url):
        raise RefusedError(
            f"{backup.folder} was made from {backup.database}; this database is {_name(url)}."
        )
    kind = kind_of(url)
    if not replace and kind.holds_rows(url):
        raise RefusedError("The database is not empty. To replace what it holds, say --yes.")
    try:
        kind.put_back(
            url, backup.folder, side=side, revision=backup.revision, adjust=adjust, role=role
        )
    except CommandError:  # alembic does not know the revision
        raise RefusedError(
            f"{backup.folder} was made by a later version of Dialog, with tables that this one does"
            " not know. Install that version; nothing was changed."
        ) from None


def kind_of(url: str) -> Kind:
    from dialog.storage import backup_postgresql, backup_sqlite  # noqa: PLC0415 - they import us

    kinds: dict[str, Any] = {"sqlite": backup_sqlite, "postgresql": backup_postgresql}
    kind: Kind = kinds[_name(url)]
    return kind


_FIELDS = ("side", "database", "revision", "made_at")


def _name(url: str) -> str:
    return sa.make_url(url).get_backend_name()


def _dump(backup: Backup, folder: Path) -> bytes:
    files = {
        str(path.relative_to(folder)): _digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    fields = {name: getattr(backup, name) for name in _FIELDS}
    return json.dumps({"format": FORMAT, **fields, "files": files}, indent=1).encode()


def _digest(path: Path) -> str:
    """SHA-256 in hex; empty if there is no such file."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while part := file.read(CHUNK):
                digest.update(part)
    except FileNotFoundError:
        return ""
    return digest.hexdigest()


@contextmanager
def _private_files() -> Iterator[None]:
    """What is written meanwhile can be read by us alone."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
