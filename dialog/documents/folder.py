"""The folder of documents: each file under its hash, whole or absent; and what is left over."""

import hashlib
import os
import secrets
import sys
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from dialog.core.documents.kinds import MOST, Fault, UnfitError
from dialog.storage.files import settle
from dialog.storage.private import own_folder

INCOMING: Final = "incoming"  # what is being received, under names that say nothing
CHUNK: Final = 2**16


@dataclass(frozen=True)
class Received:
    """Bytes on their way in: where they lie, what they are, and how many."""

    path: Path
    sha256: str
    size: int


def path_of(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256


@contextmanager
def receiving(folder: Path) -> Iterator[Path]:
    """A folder of its own for what comes in, gone afterwards with what was left there."""
    own_folder(folder / INCOMING)
    own = folder / INCOMING / secrets.token_hex(16)
    own.mkdir(mode=0o700)
    try:
        yield own
    finally:
        for each in own.iterdir():
            each.unlink()
        own.rmdir()


def receive(stream: BinaryIO, path: Path, *, most: int = MOST) -> Received:
    """Copy the stream to `path`. Raises UnfitError as soon as it is longer than `most` bytes."""
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        while part := stream.read(CHUNK):
            size += len(part)
            if size > most:
                raise UnfitError(Fault.LARGE)
            digest.update(part)
            file.write(part)
    return Received(path, digest.hexdigest(), size)


def measure(path: Path) -> Received:
    """What a file is that lies there already."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            size += len(part)
            digest.update(part)
    return Received(path, digest.hexdigest(), size)


def keep(folder: Path, received: Received) -> None:
    """Put the file under its hash, on disk when this returns, before any row speaks of it. One that
    is there already is replaced by the same bytes, and is as young as this one.
    """
    with received.path.open("rb") as file:
        os.fsync(file.fileno())
    final = path_of(folder, received.sha256)
    own_folder(final.parent)
    received.path.touch()
    received.path.replace(final)
    settle(final.parent)
    settle(folder)


def kept(folder: Path) -> Iterator[Path]:
    """Every file that lies under its hash."""
    for each in sorted(folder.glob("[0-9a-f][0-9a-f]/*")):
        if each.is_file():
            yield each


def copy(folder: Path, to: Path) -> None:
    """Put each file into another folder, where it is not there whole already."""
    for each in kept(folder):
        there = path_of(to, each.name)
        if there.exists() and measure(there).sha256 == each.name:
            continue
        with receiving(to) as own, each.open("rb") as file:
            received = receive(file, own / "copied", most=sys.maxsize)
            if received.sha256 == each.name:  # one that is damaged is not taken along as whole
                keep(to, received)


def left_over(folder: Path, known: Collection[str], *, older_than: float) -> list[Path]:
    """Files that no row speaks of, and what was being received; not of the last seconds, for their
    row may be on its way.
    """
    files = [each for each in kept(folder) if each.name not in known]
    files += [each for each in (folder / INCOMING).glob("*/*") if each.is_file()]
    files += [each for each in (folder / INCOMING).glob("*") if each.is_dir()]
    return [each for each in files if _age(each) >= older_than]


def clear(left: Path, *, older_than: float) -> bool:
    """Remove what was left over. One that has just been handed in again is put back: False."""
    if left.is_dir():
        try:
            left.rmdir()
        except OSError:
            return False
        return True
    aside = left.with_name(f".{left.name}.{secrets.token_hex(8)}")
    try:
        left.rename(aside)
    except FileNotFoundError:
        return False
    if _age(aside) < older_than:
        aside.replace(left)
        return False
    aside.unlink()
    settle(left.parent)
    return True


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return -1
