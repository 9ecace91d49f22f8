"""Reads of documents: those of things, one with its versions, and files that wait for a scanner."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.core.documents.kinds import SHOWN, Kind
from dialog.documents.models import Document, DocumentVersion, ScanState, StoredFile

OPEN = frozenset({ScanState.CLEAN, ScanState.UNSCANNED})


@dataclass(frozen=True)
class Shown:
    """A document as it is listed: one version of it, the last where nothing else is asked for."""

    document: Document
    version: DocumentVersion
    file: StoredFile

    @property
    def open(self) -> bool:
        """Whether the file can be had: no virus was found in it, and it does not wait."""
        return self.file.scan in OPEN

    @property
    def viewable(self) -> bool:
        return self.open and self.file.kind in SHOWN

    @property
    def pages(self) -> int:
        return self.file.pages if self.file.kind is Kind.PDF else 1


def documents_of(
    session: Session, *, about: str, about_ids: Collection[UUID]
) -> Mapping[UUID, list[Shown]]:
    """The last version of each document, of many things in one query, the first added first."""
    found: dict[UUID, list[Shown]] = {}
    if not about_ids:
        return found
    query = _with_files().where(
        Document.about == about,
        col(Document.about_id).in_(about_ids),
        col(Document.removed_at).is_(None),
        col(DocumentVersion.number) == _last(),
    )
    query = query.order_by(col(Document.created_at), col(Document.id))
    for document, version, file in session.exec(query):
        found.setdefault(document.about_id, []).append(Shown(document, version, file))
    return found


def shown(session: Session, *, document_id: UUID, number: int | None = None) -> Shown | None:
    """One version, the last where `number` is not said; None if there is none or it was removed."""
    query = _with_files().where(Document.id == document_id, col(Document.removed_at).is_(None))
    chosen = _last() if number is None else sa.literal(number)
    found = session.exec(query.where(col(DocumentVersion.number) == chosen)).first()
    return Shown(*found) if found else None


def shown_among(
    session: Session, *, wanted: Collection[tuple[UUID | None, int]]
) -> Mapping[tuple[UUID | None, int], Shown]:
    """Versions of documents in one query, by (document's id, version's number). None of a document
    that was removed, or where there is no id.
    """
    chosen = [(document_id, number) for document_id, number in wanted if document_id]
    if not chosen:
        return {}
    place = sa.tuple_(col(Document.id), col(DocumentVersion.number))
    query = _with_files().where(place.in_(chosen), col(Document.removed_at).is_(None))
    found = (Shown(*row) for row in session.exec(query))
    return {(each.document.id, each.version.number): each for each in found}


def versions_of(session: Session, *, document: Document) -> list[DocumentVersion]:
    """All of them, the first first."""
    query = select(DocumentVersion).where(DocumentVersion.document_id == document.id)
    return list(session.exec(query.order_by(col(DocumentVersion.number))))


def unscanned(session: Session) -> list[str]:
    """Files that a scanner has not seen, those that are held for it first."""
    query = (
        select(StoredFile.sha256)
        .where(col(StoredFile.scan).in_([ScanState.WAITING, ScanState.UNSCANNED]))
        .order_by(col(StoredFile.scan).desc(), col(StoredFile.sha256))
    )
    return list(session.exec(query))


def files(session: Session) -> list[StoredFile]:
    return list(session.exec(select(StoredFile).order_by(col(StoredFile.sha256))))


def counts(session: Session) -> Mapping[ScanState, int]:
    """How many files there are in each state."""
    query = select(StoredFile.scan, sa.func.count()).group_by(col(StoredFile.scan))
    return {ScanState(state): number for state, number in session.exec(query)}


def traces(session: Session, *, person_id: UUID) -> int:
    """How many versions somebody has handed in, and documents they have taken away."""
    ways = (
        sa.select(sa.func.count()).where(col(DocumentVersion.author_id) == person_id),
        sa.select(sa.func.count()).where(col(Document.removed_by) == person_id),
    )
    return sum(int(session.connection().scalar(way) or 0) for way in ways)


def _with_files() -> Any:
    """A query of documents, their versions and the files; Any, for of three tables the types of
    sqlmodel and SQLAlchemy disagree.
    """
    return (
        select(Document, DocumentVersion, StoredFile)
        .join(DocumentVersion, col(DocumentVersion.document_id) == col(Document.id))
        .join(StoredFile, col(StoredFile.sha256) == col(DocumentVersion.sha256))
    )


def _last() -> "sa.ScalarSelect[int]":
    versions = sa.orm.aliased(DocumentVersion)
    query = sa.select(sa.func.max(col(versions.number)))
    return query.where(col(versions.document_id) == col(Document.id)).scalar_subquery()
