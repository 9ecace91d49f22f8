"""A PDF cut into files of some of its pages each, in the folder: what is drawn on them goes along,
and nothing else that the PDF holds.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from dialog.apart import running as apart
from dialog.core.documents.kinds import Fault, Kind, UnfitError
from dialog.documents import folder as folders
from dialog.documents import opening, taking
from dialog.documents.models import StoredFile
from dialog.documents.taking import Taken
from dialog.settings import Settings


def cut(
    file: StoredFile, parts: Sequence[Sequence[int]], names: Sequence[str], *, settings: Settings
) -> list[Taken]:
    """A file of each part, its pages counted from 1. Raises UnfitError; BusyError."""
    path = folders.path_of(settings.documents, file.sha256)
    with folders.receiving(settings.documents) as own:
        return _cut(path, parts, names, own, settings)


def pages_alone(stream: BinaryIO, name: str, *, called: str, settings: Settings) -> Taken:
    """A PDF that is handed in as `name`, as a new file of all of its pages that is `called`
    something else. What was handed in is not kept, but its SHA-256. Raises UnfitError, also where
    it is no PDF; BusyError.
    """
    with folders.receiving(settings.documents) as own:
        given = folders.receive(stream, own / "given")
        if opening.kind_of(given.path, name=name) is not Kind.PDF:
            raise UnfitError(Fault.NOT_PDF)
        (taken,) = _cut(given.path, [[]], [called], own, settings)
    return replace(taken, given_sha256=given.sha256)


def _cut(
    path: Path,
    parts: Sequence[Sequence[int]],
    names: Sequence[str],
    own: Path,
    settings: Settings,
) -> list[Taken]:
    apart.have("cut", path, own, json.dumps(parts))
    return [_taken(own / f"{number}.pdf", name, settings) for number, name in enumerate(names, 1)]


def _taken(path: Path, name: str, settings: Settings) -> Taken:
    with path.open("rb") as file:
        return taking.take(
            file, name=name, otherwise=name, folder=settings.documents, scanner=settings.scanner
        )
