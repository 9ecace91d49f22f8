"""The batches between two steps of an opening, as files: whole under their names, or not there.

They are sealed to those who have not opened yet, and to the platform. They are gone when the round
has been opened, or never will be.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO, Final, Protocol
from uuid import UUID

from dialog.core.ballots.batch import Source
from dialog.settings import Settings
from dialog.storage.files import settle
from dialog.storage.private import own_folder

CHUNK: Final = 1 << 20


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Received:
    """A file that came in, under a name of its own until it is accepted."""

    path: Path
    sha256: str
    size: int


def path_of(settings: Settings, *, round_id: UUID, place: int, sha256: str) -> Path:
    """Where the batch is that left `place`. Its hash is in the name: of two different files that
    come in at once, neither takes the other's place.
    """
    return settings.ceremony / f"{round_id}.{place}.{sha256[:16]}.batch"


@contextmanager
def receiving(
    settings: Settings, *, round_id: UUID, stream: Readable, at_most: int
) -> Iterator[Received]:
    """Write what comes in to a file, which is gone at the end unless it was moved. Reads no more
    than a byte beyond `at_most`: the size tells then that it was too long.
    """
    own_folder(settings.ceremony)
    path = settings.ceremony / f"{round_id}.incoming.{secrets.token_hex(8)}"
    try:
        with path.open("wb") as file:
            yield _copied(stream, file, path, at_most)
    finally:
        path.unlink(missing_ok=True)


def _copied(stream: Readable, file: BinaryIO, path: Path, at_most: int) -> Received:
    digest, size = hashlib.sha256(), 0
    while size <= at_most and (part := stream.read(min(CHUNK, at_most + 1 - size))):
        digest.update(part)
        file.write(part)
        size += len(part)
    file.flush()
    os.fsync(file.fileno())
    return Received(path, digest.hexdigest(), size)


def keep(settings: Settings, received: Received, *, round_id: UUID, place: int) -> None:
    """Give what came in its name, in one step."""
    received.path.replace(path_of(settings, round_id=round_id, place=place, sha256=received.sha256))
    settle(settings.ceremony)


def mapped(path: Path) -> mmap:
    """The file's bytes. Raises FileNotFoundError, and ValueError if it is empty."""
    with path.open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)


def sha256(data: Source) -> str:
    digest = hashlib.sha256()
    for at in range(0, len(data), CHUNK):
        digest.update(data[at : at + CHUNK])
    return digest.hexdigest()


def forget(settings: Settings, *, round_id: UUID) -> None:
    """Remove the round's batches. Doing it again changes nothing."""
    for path in settings.ceremony.glob(f"{round_id}.*"):
        path.unlink(missing_ok=True)
