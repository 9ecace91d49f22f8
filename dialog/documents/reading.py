"""Reading what a PDF still holds: the text of its pages, and what of it is not seen on them."""

from dataclasses import dataclass

from dialog.apart import running as apart
from dialog.documents import folder as folders
from dialog.documents.models import StoredFile
from dialog.settings import Settings


@dataclass(frozen=True)
class Read:
    """A page (from 1), and its text in parts: words, and whether they are seen."""

    number: int
    parts: list[tuple[str, bool]]

    @property
    def unseen(self) -> list[str]:
        return [words.strip() for words, seen in self.parts if not seen]


def read(file: StoredFile, first: int, last: int, *, settings: Settings) -> list[Read]:
    """Raises UnfitError where they cannot be drawn; BusyError."""
    path = folders.path_of(settings.documents, file.sha256)
    told = apart.have("read", path, str(first), str(last))
    return [Read(number, parts) for number, parts in enumerate(told["pages"], first)]
