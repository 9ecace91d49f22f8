"""Secrets of the staff application: files in DIALOG_KEYS, made on the first start."""

import os
import secrets
from pathlib import Path

from dialog.storage.private import own_folder


def secret_key(folder: Path) -> bytes:
    """32 bytes that sign cookies; the same for all processes."""
    return secret_file(folder / "secret")


def secret_file(path: Path, *, size: int = 32) -> bytes:
    """Read `path`, or make it with `size` random bytes; safe when several processes start."""
    own_folder(path.parent)
    if not path.exists():
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        draft.write_bytes(secrets.token_bytes(size))
        draft.chmod(0o600)
        try:
            os.link(draft, path)  # fails if another process was first; its secret counts
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()
