"""Reading the diary: its authorities, a matter by its number, what stands in it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from dialog.core.diary.numbers import DiaryNumber
from dialog.diary import numbering
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
    return lines_of_all(session, matters=[matter])[matter.id]


def lines_of_all(
    session: Session, *, matters: Sequence[DiaryMatter]
) -> dict[UUID, list[DiaryLine]]:
    """The same of several matters, by the matter's id."""
    ids = [matter.id for matter in matters]
    query = select(DiaryLine).where(col(DiaryLine.matter_id).in_(ids))
    found: dict[UUID, list[DiaryLine]] = {each: [] for each in ids}
    for line in session.exec(query.order_by(col(DiaryLine.document))):
        found[line.matter_id].append(line)
    return found


def line_of(session: Session, *, matter: DiaryMatter, document: int) -> DiaryLine | None:
    query = select(DiaryLine).where(
        DiaryLine.matter_id == matter.id, DiaryLine.document == document
    )
    return session.exec(query).first()


def line(session: Session, *, line_id: UUID | None) -> DiaryLine | None:
    if line_id is None:
        return None
    return session.exec(select(DiaryLine).where(DiaryLine.id == line_id)).first()


def number_of_line(session: Session, *, line: DiaryLine) -> DiaryNumber:
    authority = session.get_one(DiaryAuthority, line.authority_id)
    matter = session.get_one(DiaryMatter, line.matter_id)
    return numbering.number_of(authority, matter, line.document)


def numbers_of_lines(session: Session, *, line_ids: Collection[UUID]) -> dict[UUID, DiaryNumber]:
    """By the line's id, in one statement."""
    query = (
        select(DiaryLine, DiaryMatter, DiaryAuthority)
        .join(DiaryMatter, col(DiaryMatter.id) == col(DiaryLine.matter_id))
        .join(DiaryAuthority, col(DiaryAuthority.id) == col(DiaryMatter.authority_id))
        .where(col(DiaryLine.id).in_(line_ids))
    )
    return {
        line.id: numbering.number_of(authority, matter, line.document)
        for line, matter, authority in session.exec(query)
    }


def latest_of(session: Session, *, matter: DiaryMatter) -> int | None:
    """The position of the matter's last entry."""
    last = select(sa.func.max(col(DiaryEntry.position)))
    return session.exec(last.where(DiaryEntry.matter_id == matter.id)).one()


@dataclass(frozen=True)
class Said:
    """What an entry said of a document when it was written."""

    kind: EntryKind
    at: datetime
    values: dict[str, str]


def histories(
    session: Session, *, matters: Sequence[DiaryMatter]
) -> dict[tuple[UUID, int], list[Said]]:
    """Every entry of each document, by its matter's id and its number in it, the first first."""
    found: dict[tuple[UUID, int], list[Said]] = {}
    of = col(DiaryEntry.matter_id).in_([matter.id for matter in matters])
    for entry, said in _said(session, of):
        if entry.matter_id is not None:
            found.setdefault((entry.matter_id, entry.document or 0), []).append(said)
    return found


def disposal(session: Session, *, matter: DiaryMatter) -> Said | None:
    """What the last entry said by which the matter's content was disposed of, if there is one."""
    of = (col(DiaryEntry.matter_id) == matter.id) & (DiaryEntry.kind == EntryKind.DISPOSAL)
    found = [said for _entry, said in _said(session, of)]
    return found[-1] if found else None


def _said(session: Session, of: ColumnElement[bool]) -> Iterator[tuple[DiaryEntry, Said]]:
    """Entries with what they said, in the order of the diary; not those all of whose values are
    gone.
    """
    query = select(DiaryEntry, DiaryValue).join(DiaryValue, _same_entry()).where(of)
    entries: dict[tuple[UUID, int], tuple[DiaryEntry, dict[str, str]]] = {}
    for entry, value in session.exec(query.order_by(col(DiaryEntry.position))):
        place = (entry.authority_id, entry.position)
        entries.setdefault(place, (entry, {}))[1][value.name] = value.value
    for entry, values in entries.values():
        yield entry, Said(entry.kind, datetime.fromisoformat(values["registered"]), values)


def _same_entry() -> ColumnElement[bool]:
    return (col(DiaryEntry.authority_id) == DiaryValue.authority_id) & (
        col(DiaryEntry.position) == DiaryValue.position
    )


def values_in(kind: EntryKind, name: str) -> SelectOfScalar[str]:
    """One value of entries of a kind, in the order of the diary."""
    query = select(DiaryValue.value).join(DiaryEntry, _same_entry())
    query = query.where(DiaryEntry.kind == kind, DiaryValue.name == name)
    return query.order_by(col(DiaryEntry.position))


def files_said(session: Session, *, line: DiaryLine) -> list[str]:
    """The marks of a document's files, as the last entry of them says."""
    query = values_in(EntryKind.FILES, FILES).where(
        DiaryEntry.matter_id == line.matter_id, DiaryEntry.document == line.document
    )
    said = session.exec(query).all()
    return said[-1].split() if said else []
