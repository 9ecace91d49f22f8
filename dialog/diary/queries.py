"""Reading the diary: its authorities, a matter by its number, what stands in it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.core.diary.numbers import DiaryNumber
from dialog.diary.models import (
    DiaryAuthority,
    DiaryEntry,
    DiaryLine,
    DiaryMatter,
    DiaryValue,
    EntryKind,
)
from dialog.diary.registering import FILES


def authorities(session: Session) -> list[DiaryAuthority]:
    return list(session.exec(select(DiaryAuthority).order_by(col(DiaryAuthority.name))))


def matter(session: Session, *, number: DiaryNumber) -> tuple[DiaryAuthority, DiaryMatter] | None:
    query = (
        select(DiaryAuthority, DiaryMatter)
        .join(DiaryMatter, col(DiaryMatter.authority_id) == col(DiaryAuthority.id))
        .where(DiaryAuthority.letters == number.letters)
        .where(DiaryMatter.year == number.year, DiaryMatter.serial == number.serial)
    )
    found = session.exec(query).first()
    return (found[0], found[1]) if found else None


def lines_of(session: Session, *, matter: DiaryMatter) -> list[DiaryLine]:
    """The matter as a whole, and then its documents in their order."""
    query = select(DiaryLine).where(DiaryLine.matter_id == matter.id)
    return list(session.exec(query.order_by(col(DiaryLine.document))))


def line_of(session: Session, *, matter: DiaryMatter, document: int) -> DiaryLine | None:
    query = select(DiaryLine).where(
        DiaryLine.matter_id == matter.id, DiaryLine.document == document
    )
    return session.exec(query).first()


@dataclass(frozen=True)
class Said:
    """What an entry said of a document when it was written."""

    kind: EntryKind
    at: datetime
    values: dict[str, str]


def history(session: Session, *, line: DiaryLine) -> list[Said]:
    """Every entry of a document, the first first."""
    entries = session.exec(
        select(DiaryEntry)
        .where(DiaryEntry.matter_id == line.matter_id)
        .where(col(DiaryEntry.document) == (line.document or None))
        .order_by(col(DiaryEntry.position))
    ).all()
    values: dict[int, dict[str, str]] = {each.position: {} for each in entries}
    query = select(DiaryValue).where(
        DiaryValue.authority_id == line.authority_id, col(DiaryValue.position).in_(values)
    )
    for each in session.exec(query):
        values[each.position][each.name] = each.value
    return [
        Said(each.kind, datetime.fromisoformat(said["registered"]), said)
        for each in entries
        if (said := values[each.position])
    ]


def authority(session: Session, *, authority_id: UUID) -> DiaryAuthority:
    return session.get_one(DiaryAuthority, authority_id)


def files_said(session: Session, *, line: DiaryLine) -> list[str]:
    """The marks of a document's files, as the last entry of them says."""
    query = (
        select(DiaryValue.value)
        .join(
            DiaryEntry,
            (col(DiaryEntry.authority_id) == DiaryValue.authority_id)
            & (col(DiaryEntry.position) == DiaryValue.position),
        )
        .where(DiaryEntry.matter_id == line.matter_id, DiaryEntry.document == line.document)
        .where(DiaryEntry.kind == EntryKind.FILES, DiaryValue.name == FILES)
        .order_by(col(DiaryEntry.position).desc())
    )
    said = session.exec(query).first()
    return said.split() if said else []
