"""Reading what a PDF still holds: the text of its pages, and what of it is not seen on them."""

import json
from dataclasses import dataclass
from typing import Final

from dialog.apart import running as apart
from dialog.documents import drawing
from dialog.documents import folder as folders
from dialog.documents.models import StoredFile
from dialog.settings import Settings
from dialog.storage.files import write_whole
from dialog.storage.private import own_folder

AT_ONCE: Final = 20  # pages that a process reads
SEARCHED: Final = 100  # pages of a file, for text that is not seen


@dataclass(frozen=True)
class Read:
    """A page (from 1), and its text in parts: words, and whether they are seen."""

    number: int
    parts: list[tuple[str, bool]]

    @property
    def unseen(self) -> list[str]:
        return [words.strip() for words, seen in self.parts if not seen]


def read(file: StoredFile, first: int, last: int, *, settings: Settings) -> list[Read]:
    """The pages from `first` to `last`. Raises UnfitError where they cannot be drawn; BusyError."""
    return [
        each
        for at in range((first - 1) // AT_ONCE, (last - 1) // AT_ONCE + 1)
        for each in _read(file, at * AT_ONCE + 1, settings)
        if first <= each.number <= last
    ]


def unseen(file: StoredFile, *, settings: Settings) -> list[Read]:
    """Of the first SEARCHED pages those with text that is not seen. Raises as `read`."""
    pages = read(file, 1, min(file.pages, SEARCHED), settings=settings)
    return [each for each in pages if each.unseen]


def _read(file: StoredFile, first: int, settings: Settings) -> list[Read]:
    """AT_ONCE pages, read when first asked for, and kept with what was drawn of the file."""
    kept = drawing.kept(file.sha256, settings) / f"read-{first}.json"
    if not kept.exists():
        path = folders.path_of(settings.documents, file.sha256)
        told = apart.have("read", path, str(first), str(first + AT_ONCE - 1))["pages"]
        own_folder(kept.parent)
        write_whole(kept, [json.dumps(told).encode()])
    found = json.loads(kept.read_text("utf-8"))
    return [Read(number, parts) for number, parts in enumerate(found, first)]
