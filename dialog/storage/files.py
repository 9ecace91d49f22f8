"""Files that are whole or absent, whatever moment the power goes, and files that are gone."""

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from dialog.storage.private import own_folder


def write_whole(path: Path, parts: Iterable[bytes], *, mode: int = 0o640) -> bytes:
    """Replace `path` by `parts` in one step, on disk when this returns. Gives their SHA-256.

    The folder's group may read it: that is how the two applications read each other's files.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    digest = hashlib.sha256()
    try:
        with draft.open("wb") as file:
            draft.chmod(mode)
            for part in parts:
                digest.update(part)
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    settle(path.parent)
    return digest.digest()


def create_once(path: Path, data: bytes) -> bool:
    """Write a secret to `path` unless it exists, on disk when this returns. True if it was new."""
    own_folder(path.parent)
    if path.exists():
        return False
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with draft.open("wb") as file:
            draft.chmod(0o600)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # fails if another process was first; its file counts
        except FileExistsError:
            return False
    finally:
        draft.unlink(missing_ok=True)
    settle(path.parent)
    return True


def erase(path: Path) -> None:
    """Overwrite `path` and remove it, with what a killed process left of it; no error if it is
    gone already.
    """
    for each in (*drafts(path), path):
        try:
            with each.open("r+b") as file:
                file.write(secrets.token_bytes(each.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            each.unlink()
        except FileNotFoundError:
            continue
        settle(path.parent)


def drafts(path: Path) -> list[Path]:
    """What was to become `path` and never did: whoever wrote it was killed, or is at it now."""
    return list(path.parent.glob(f".{path.name}.*"))


def settle(folder: Path) -> None:
    """Have the disk keep what was created, renamed and removed in `folder`."""
    if os.name != "posix":
        return  # a trustee's own computer may have no such thing as syncing a folder
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
