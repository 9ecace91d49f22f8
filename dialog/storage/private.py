"""Folders that nobody but their owner may look into: keys, and what an application writes.

A folder that is closed closes what is in it, whatever the modes of its files.
"""

import stat
from pathlib import Path

from dialog.core.errors import RefusedError


def own_folder(folder: Path) -> None:
    """Make a folder that only its owner can enter, and so each folder above it that is not there:
    Python's `parents=True` would leave those open to others.
    """
    if not folder.exists():
        own_folder(folder.parent)
        folder.mkdir(exist_ok=True, mode=0o700)


def is_open(folder: Path) -> bool:
    """Whether others than its owner can get into the folder."""
    return folder.exists() and bool(folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def mode(folder: Path) -> str:
    """As chmod writes it, "0755"."""
    return f"{stat.S_IMODE(folder.stat().st_mode):04o}"


def require_private(folder: Path) -> None:
    """Make the folder of keys if there is none. Raises RefusedError if others can get into it."""
    own_folder(folder)
    if is_open(folder):
        raise RefusedError(
            f"{folder} holds secret keys, and other users of this machine can get into it (mode"
            f" {mode(folder)}). Close it and start again: chmod -R go= {folder}"
        )
