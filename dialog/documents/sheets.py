"""The pages of a PDF at a glance, as small pictures: drawn when first looked at, and kept."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from dialog.apart import running as apart
from dialog.core.documents.kinds import Fault, UnfitError
from dialog.documents import drawing
from dialog.documents import folder as folders
from dialog.documents.models import StoredFile
from dialog.settings import Settings
from dialog.storage.files import write_whole
from dialog.storage.private import own_folder

AT_ONCE: Final = 40  # pages that a process draws: a good second of its time
_TOLD: Final = "sheets.json"


@dataclass(frozen=True)
class Sheet:
    """A page: how its text begins, and whether there is nothing on it to be seen."""

    begins: str
    empty: bool


def sheets(file: StoredFile, *, settings: Settings) -> list[Sheet]:
    """Of every page, in order. Raises UnfitError where they cannot be drawn; BusyError."""
    kept = drawing.kept(file.sha256, settings)
    if not (kept / _TOLD).exists():
        own_folder(kept)
        found = [asdict(each) for each in _drawn(file, settings)]
        write_whole(kept / _TOLD, [json.dumps(found).encode()])  # last: then all pictures are there
    return [Sheet(**each) for each in json.loads((kept / _TOLD).read_text("utf-8"))]


def picture(file: StoredFile, number: int, *, settings: Settings) -> Path | None:
    """Page `number` (from 1) as JPEG, drawn where this machine has not drawn it; None if it cannot
    be.
    """
    path = _picture(file, number, settings)
    if not path.exists():
        own_folder(path.parent)
        try:
            _draw(file, number, number, settings)
        except UnfitError:
            return None
    return path


def _drawn(file: StoredFile, settings: Settings) -> Iterator[Sheet]:
    for first in range(1, file.pages + 1, AT_ONCE):
        yield from _draw(file, first, min(first + AT_ONCE - 1, file.pages), settings)


def _draw(file: StoredFile, first: int, last: int, settings: Settings) -> list[Sheet]:
    path = folders.path_of(settings.documents, file.sha256)
    with folders.receiving(settings.documents) as own:
        told = apart.have("sheets", path, own, str(first), str(last))["sheets"]
        if len(told) != last - first + 1:  # it has fewer pages than it says
            raise UnfitError(Fault.BROKEN)
        for number in range(first, last + 1):
            made = (own / f"{number}.jpeg").read_bytes()
            write_whole(_picture(file, number, settings), [made])
    return [Sheet(**each) for each in told]


def _picture(file: StoredFile, number: int, settings: Settings) -> Path:
    return drawing.kept(file.sha256, settings) / f"small-{number}.jpeg"
