"""The exchange folder: how two applications without a common login hand each other signed files.

Each side keeps its own signing key, puts the public half into the folder as `<side>.pub`, and
pins the other's the first time it is seen: a later change of that file is not believed.
"""

import hashlib
import mmap
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from dialog.core.ballots import signed
from dialog.storage.files import create_once, drafts, write_whole

CHUNK = 2**20


class UnsignedFileError(Exception):
    """A file that is absent, or that the other side has not signed as it stands."""


@dataclass(frozen=True)
class Side:
    """One side of the exchange: `name` and `other` are "staff" and "box", or the reverse."""

    name: str
    other: str
    folder: Path  # the exchange
    keys: Path  # this side's own

    @cached_property
    def key(self) -> Ed25519PrivateKey:
        path = self.keys / f"{self.name}.signing"
        create_once(path, Ed25519PrivateKey.generate().private_bytes_raw())
        return Ed25519PrivateKey.from_private_bytes(path.read_bytes())

    def publish(self) -> None:
        """Put our public key where the other side looks for it."""
        path, ours = self.folder / f"{self.name}.pub", self.key.public_key().public_bytes_raw()
        if not path.exists() or path.read_bytes() != ours:
            write_whole(path, [ours])

    def other_key(self) -> Ed25519PublicKey:
        """The other side's key: as first seen. Raises UnsignedFileError if never seen."""
        pinned = self.keys / f"{self.other}.pub"
        if not pinned.exists():
            try:
                create_once(pinned, (self.folder / f"{self.other}.pub").read_bytes())
            except FileNotFoundError:
                raise UnsignedFileError(f"{self.other}.pub is missing") from None
        return Ed25519PublicKey.from_public_bytes(pinned.read_bytes())

    def write(self, name: str, parts: Iterable[bytes]) -> None:
        """Write `name` and `name`.sig. Between the two a reader finds no valid pair, and waits."""
        self.publish()
        digest = write_whole(self.folder / name, parts)
        signature = signed.sign(self.key, name=name, digest=digest)
        write_whole(self.folder / f"{name}.sig", [signature])

    def read(self, name: str) -> bytes:
        """The content of a small file of the other side. Raises UnsignedFileError."""
        try:
            data = (self.folder / name).read_bytes()
        except FileNotFoundError:
            raise UnsignedFileError(f"{name} is missing") from None
        self._check(name, hashlib.sha256(data).digest(), key=self.other_key())
        return data

    def read_own(self, name: str) -> bytes | None:
        """What this side wrote last as `name`; None if there is no such file, or it is damaged."""
        try:
            data = (self.folder / name).read_bytes()
            self._check(name, hashlib.sha256(data).digest(), key=self.key.public_key())
        except (FileNotFoundError, UnsignedFileError):
            return None
        return data

    def map(self, name: str) -> mmap.mmap:
        """A large file of the other side, checked and mapped. Raises UnsignedFileError."""
        try:
            with (self.folder / name).open("rb") as file:
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError:
            raise UnsignedFileError(f"{name} is missing") from None
        except ValueError:
            raise UnsignedFileError(f"{name} is empty") from None
        digest = hashlib.sha256()
        for at in range(0, len(mapped), CHUNK):
            digest.update(mapped[at : at + CHUNK])
        self._check(name, digest.digest(), key=self.other_key())
        return mapped

    def remove(self, name: str) -> None:
        """Take back a file of ours, if it is there, and what a killed process left of it."""
        path = self.folder / name
        for each in (self.folder / f"{name}.sig", path, *drafts(path)):
            each.unlink(missing_ok=True)

    def _check(self, name: str, digest: bytes, *, key: Ed25519PublicKey) -> None:
        try:
            signature = (self.folder / f"{name}.sig").read_bytes()
        except FileNotFoundError:
            raise UnsignedFileError(f"{name}.sig is missing") from None
        if not signed.verify(key, name=name, digest=digest, signature=signature):
            raise UnsignedFileError(f"{name} is not signed by the {self.other} side")
