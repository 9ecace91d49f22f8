"""What goes to the archive: matters of a year, some at a time, each with all that belongs to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.diary import files, queries
from dialog.diary.models import DiaryAuthority, DiaryLine, DiaryMatter
from dialog.diary.queries import Said
from dialog.documents.models import Document, DocumentVersion, StoredFile
from dialog.documents.queries import Shown

AT_ONCE: Final = 200  # matters that are held in memory


@dataclass(frozen=True)
class Whole:
    """A matter with its documents in their order, what the entries of each said, and its files."""

    matter: DiaryMatter
    line: DiaryLine
    documents: list[DiaryLine]
    said: Mapping[tuple[UUID, int], list[Said]]
    files: Mapping[UUID, list[Shown]]

    def entries(self, line: DiaryLine) -> list[Said]:
        return self.said.get((line.matter_id, line.document), [])


@dataclass(frozen=True)
class Extent:
    """How much a year is: matters, documents in them, and bytes of their files."""

    year: int
    matters: int
    documents: int
    size: int


def extents(session: Session, *, authority: DiaryAuthority) -> list[Extent]:
    """Each year that has matters, the latest first."""
    counted = (
        sa.select(col(DiaryMatter.year), sa.func.count(), sa.func.sum(col(DiaryMatter.documents)))
        .where(col(DiaryMatter.authority_id) == authority.id)
        .group_by(col(DiaryMatter.year))
        .order_by(col(DiaryMatter.year).desc())
    )
    sizes = _sizes(session, authority)
    return [
        Extent(year, matters, int(documents), sizes.get(year, 0))
        for year, matters, documents in session.connection().execute(counted)
    ]


def _sizes(session: Session, authority: DiaryAuthority) -> dict[int, int]:
    """Of all versions: at least what is taken along."""
    query = (
        sa.select(col(DiaryMatter.year), sa.func.sum(col(StoredFile.size)))
        .join(DiaryLine, col(DiaryLine.matter_id) == col(DiaryMatter.id))
        .join(Document, col(Document.about_id) == col(DiaryLine.id))
        .join(DocumentVersion, col(DocumentVersion.document_id) == col(Document.id))
        .join(StoredFile, col(StoredFile.sha256) == col(DocumentVersion.sha256))
        .where(col(DiaryMatter.authority_id) == authority.id, col(Document.about) == files.ABOUT)
        .group_by(col(DiaryMatter.year))
    )
    return {year: int(size) for year, size in session.connection().execute(query)}


def of_year(session: Session, *, authority: DiaryAuthority, year: int) -> Iterator[Whole]:
    """By their numbers."""
    after = 0
    while some := _some(session, authority, year, after):
        yield from _whole(session, some)
        after = some[-1].serial


def _some(session: Session, authority: DiaryAuthority, year: int, after: int) -> list[DiaryMatter]:
    query = select(DiaryMatter).where(
        DiaryMatter.authority_id == authority.id,
        DiaryMatter.year == year,
        DiaryMatter.serial > after,
    )
    return list(session.exec(query.order_by(col(DiaryMatter.serial)).limit(AT_ONCE)))


def _whole(session: Session, some: list[DiaryMatter]) -> Iterator[Whole]:
    lines = queries.lines_of_all(session, matters=some)
    said = queries.histories(session, matters=some)
    every = [line for each in lines.values() for line in each]
    attached = files.of_lines(session, every)
    for matter in some:
        line, *documents = lines[matter.id]
        yield Whole(matter, line, documents, said, attached)
