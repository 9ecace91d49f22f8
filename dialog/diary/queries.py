"""Reading the diary: its authorities, a matter by its number, what stands in it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

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


def histories(session: Session, *, matter: DiaryMatter) -> dict[int, list[Said]]:
    """Every entry of each document of a matter, by the document's number, the first first."""
    entries = session.exec(
        select(DiaryEntry)
        .where(DiaryEntry.matter_id == matter.id)
        .order_by(col(DiaryEntry.position))
    ).all()
    values: dict[int, dict[str, str]] = {}
    query = select(DiaryValue).where(
        DiaryValue.authority_id == matter.authority_id,
        col(DiaryValue.position).in_([each.position for each in entries]),
    )
    for each in session.exec(query):
        values.setdefault(each.position, {})[each.name] = each.value
    found: dict[int, list[Said]] = {}
    for entry in entries:
        if said := values.get(entry.position):
            at = datetime.fromisoformat(said["registered"])
            found.setdefault(entry.document or 0, []).append(Said(entry.kind, at, said))
    return found


def values_in(kind: EntryKind, name: str) -> SelectOfScalar[str]:
    """One value of entries of a kind, in the order of the diary."""
    entry = (col(DiaryEntry.authority_id) == DiaryValue.authority_id) & (
        col(DiaryEntry.position) == DiaryValue.position
    )
    query = select(DiaryValue.value).join(DiaryEntry, entry)
    query = query.where(DiaryEntry.kind == kind, DiaryValue.name == name)
    return query.order_by(col(DiaryEntry.position))


def files_said(session: Session, *, line: DiaryLine) -> list[str]:
    """The marks of a document's files, as the last entry of them says."""
    query = values_in(EntryKind.FILES, FILES).where(
        DiaryEntry.matter_id == line.matter_id, DiaryEntry.document == line.document
    )
    said = session.exec(query).all()
    return said[-1].split() if said else []
