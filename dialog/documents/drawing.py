"""Pages of PDF files as pictures, with their text: drawn when first looked at, and kept.

No browser is given a PDF to run. A page is drawn in a process of its own, and what is sent is a
picture that we made; it lies in DIALOG_FILES.
"""

import secrets
from pathlib import Path

from dialog.apart import running as apart
from dialog.core.documents.kinds import UnfitError
from dialog.documents import folder as folders
from dialog.documents.models import StoredFile
from dialog.settings import Settings
from dialog.storage.files import write_whole
from dialog.storage.private import own_folder


def picture(file: StoredFile, number: int, *, settings: Settings) -> Path | None:
    """Page `number` (from 1) as PNG; None if it cannot be drawn after all."""
    path = kept(file.sha256, settings) / f"{number}.png"
    if not path.exists():
        try:
            _draw(file, number, path, settings)
        except UnfitError:
            return None
    return path


def text(file: StoredFile, number: int, *, settings: Settings) -> str | None:
    """What is written on the page, as far as the file says; None if it cannot be drawn."""
    path = picture(file, number, settings=settings)
    return path.with_suffix(".txt").read_text("utf-8").strip() if path else None


def forget(sha256: str, *, settings: Settings) -> None:
    """Remove what was drawn of a file."""
    folder = kept(sha256, settings)
    for each in folder.glob("*"):
        each.unlink(missing_ok=True)


def _draw(file: StoredFile, number: int, path: Path, settings: Settings) -> None:
    """The text first: where the picture is, its text is too."""
    own_folder(path.parent)
    draft = path.with_name(f".{secrets.token_hex(8)}")
    try:
        told = apart.have(
            "page", folders.path_of(settings.documents, file.sha256), str(number), draft
        )
        write_whole(path.with_suffix(".txt"), [str(told["text"]).encode()])
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def kept(sha256: str, settings: Settings) -> Path:
    """The folder of what was drawn of a file."""
    return settings.files / "documents" / sha256
