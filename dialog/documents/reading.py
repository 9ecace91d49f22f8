"""Reading what a PDF still holds: the text of its pages, and what of it is not seen on them."""

import json
from dataclasses import dataclass
from typing import Final

from dialog.apart import running as apart
from dialog.core.documents.kinds import UnfitError
from dialog.core.documents.seen import Seen
from dialog.documents import drawing
from dialog.documents import folder as folders
from dialog.documents.models import StoredFile
from dialog.settings import Settings
from dialog.storage.files import write_whole
from dialog.storage.private import own_folder

AT_ONCE: Final = 20  # pages that a process reads
SEARCHED: Final = 100  # pages of a file, for text that is not seen

Parts = list[tuple[str, Seen]] | None


@dataclass(frozen=True)
class Read:
    """A page (from 1), and its text in parts: words, and how much of them is seen. None where the
    page cannot be read.
    """

    number: int
    parts: Parts

    @property
    def unseen(self) -> list[tuple[str, Seen]]:
        return [(words.strip(), seen) for words, seen in self.parts or () if seen != Seen.WHOLE]


def read(file: StoredFile, first: int, last: int, *, settings: Settings) -> list[Read]:
    """The pages from `first` to `last`, as far as there are; after some that took too much none is
    tried. Raises BusyError.
    """
    found: list[Read] = []
    for at in range((first - 1) // AT_ONCE, (min(last, file.pages) - 1) // AT_ONCE + 1):
        numbers = range(at * AT_ONCE + 1, min((at + 1) * AT_ONCE, file.pages) + 1)
        told = _read(file, numbers, settings)
        if told is None:
            numbers = range(numbers[0], min(last, file.pages) + 1)
            found += [Read(number, None) for number in numbers]
            break
        found += [Read(number, parts) for number, parts in zip(numbers, told, strict=True)]
    return [each for each in found if first <= each.number <= last]


def doubtful(file: StoredFile, *, settings: Settings) -> list[Read]:
    """Of the first SEARCHED pages those with text that is not seen, or not wholly, and those that
    cannot be read. Raises BusyError.
    """
    pages = read(file, 1, SEARCHED, settings=settings)
    return [each for each in pages if each.parts is None or each.unseen]


def _read(file: StoredFile, numbers: range, settings: Settings) -> list[Parts] | None:
    """Of each its parts, read when first asked for, and kept with what was drawn of the file. None
    where they take too much.
    """
    kept = drawing.kept(file.sha256, settings) / f"seen-{numbers[0]}.json"
    if not kept.exists():
        path = folders.path_of(settings.documents, file.sha256)
        try:
            told = apart.have("read", path, str(numbers[0]), str(numbers[-1]))["pages"]
        except UnfitError:
            return None
        own_folder(kept.parent)
        write_whole(kept, [json.dumps(told).encode()])
    return [
        parts and [(words, Seen(seen)) for words, seen in parts]
        for parts in json.loads(kept.read_text("utf-8"))
    ]
