"""Taking a file in: received, recognised, scanned, opened, made harmless, and put in the folder.

All of it is done before the database is asked for anything: some of it takes seconds, and a crash
leaves a file without a row, never a row without its file.
"""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from dialog.apart import running as apart
from dialog.core.documents import names
from dialog.core.documents.kinds import PICTURES, RULES, Fault, Kind, UnfitError
from dialog.documents import folder as folders
from dialog.documents import opening, scanning
from dialog.documents.folder import Received
from dialog.documents.models import ScanState
from dialog.settings import Settings


@dataclass(frozen=True)
class Taken:
    """A file that lies in the folder, ready to be spoken of."""

    sha256: str
    given_sha256: str
    size: int
    kind: Kind
    name: str
    pages: int
    scan: ScanState


def take(stream: BinaryIO, *, name: str, otherwise: str, folder: Path, scanner: str) -> Taken:
    """`name` is what the sender calls it, `otherwise` what it is called if nothing of that can be
    shown. Raises UnfitError, and leaves nothing in the folder then; BusyError.
    """
    with folders.receiving(folder) as own:
        given = folders.receive(stream, own / "given")
        kind = opening.kind_of(given.path, name=name)
        if given.size > RULES[kind].most:
            raise UnfitError(Fault.LARGE)
        shown = names.shown(name, kind, otherwise=otherwise)
        scan = scanning.scan(given.path, scanner=scanner)
        if scan is ScanState.INFECTED:
            raise UnfitError(Fault.VIRUS)
        harmless, pages = _harmless(given, kind, own / "drawn")
        folders.keep(folder, harmless)
    return Taken(harmless.sha256, given.sha256, harmless.size, kind, shown, pages, scan)


def keep_ours(data: bytes, *, name: str, settings: Settings) -> Taken:
    """A PDF that we have set, in the folder as `name`. Raises BusyError."""
    return take(
        io.BytesIO(data), name=name, otherwise=name,
        folder=settings.documents, scanner=settings.scanner,
    )  # fmt: skip


def _harmless(given: Received, kind: Kind, drawn: Path) -> tuple[Received, int]:
    """The file as it is kept, and how many pages it has: pictures are drawn anew, a PDF is looked
    through and stays as it was handed in.
    """
    if kind in PICTURES:
        apart.have("redraw", given.path, drawn, kind)
        return folders.measure(drawn), 0
    told: Any = apart.have("look", given.path) if kind is Kind.PDF else {"pages": 0}
    return given, int(told["pages"])
