"""Tables of documents: what is handed in for something, its versions, and the files they are."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.core.documents.kinds import Kind
from dialog.storage.clock import now
from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference


class ScanState(StrEnum):
    CLEAN = "clean"
    UNSCANNED = "unscanned"  # there was no virus scanner
    WAITING = "waiting"  # the scanner was away: the file is held until it is back
    INFECTED = "infected"  # found later; the file itself is gone


class StoredFile(Row, table=True):
    """A file in the folder of documents, known by the SHA-256 of its bytes. The same content is one
    file, however often it is handed in.
    """

    __tablename__ = "stored_file"
    __table_args__ = (
        sa.CheckConstraint("size > 0", name="size"),
        may("SELECT", "INSERT", "UPDATE", "DELETE", "MAINTAIN"),
    )

    sha256: str = Field(max_length=64, primary_key=True)
    size: int  # bytes
    kind: Kind = choice(Kind, name="kind")
    pages: int = 0  # of a PDF
    scan: ScanState = choice(ScanState, name="scan", index=True)


class Document(Row, table=True):
    """A document of something: `about` is a word that a room above knows, with an id of its own.
    Where the thing lets nobody be named, `author_id` is None. Only what was never anybody's but its
    writers' is deleted, see `forgetting`.
    """

    __tablename__ = "document"
    __table_args__ = (
        sa.Index("ix_document_about_id", "about_id", "about"),
        may("SELECT", "INSERT", "UPDATE", "DELETE", "MAINTAIN"),
    )

    id: UUID = primary_key()
    about: str = Field(max_length=40)
    about_id: UUID
    author_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)  # if it tells
    created_at: datetime = Field(default_factory=now)
    removed_at: datetime | None = None  # shown to nobody from then on; kept
    removed_by: UUID | None = Field(default=None, foreign_key="person.id")
    # What it is a redacted copy of, where the page that redacts has made it.
    copy_of_id: UUID | None = Field(
        default=None, foreign_key="document.id", ondelete="SET NULL", index=True
    )


class DocumentVersion(Row, table=True):
    """One version of a document. A version never changes."""

    __tablename__ = "document_version"
    __table_args__ = (
        sa.UniqueConstraint("document_id", "number"),
        sa.CheckConstraint("number > 0", name="number"),
        may("SELECT", "INSERT", "DELETE", "MAINTAIN"),
    )

    id: UUID = primary_key()
    document_id: UUID = reference("document.id")
    number: int = 1
    name: str = Field(max_length=120)  # to show; no file of ours has it
    sha256: str = Field(foreign_key="stored_file.sha256", max_length=64, index=True)
    given_sha256: str = Field(max_length=64)  # of what was handed in; a picture is drawn anew
    author_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    at: datetime = Field(default_factory=now)
