"""Trying a diary: whether each entry is as it was written, and each line says what entries say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any, Final
from uuid import UUID

from sqlmodel import Session, col, func, select

from dialog.core.diary import chain
from dialog.core.diary.chain import Entry, Found, Head, Opening
from dialog.diary import files as diary_files
from dialog.diary import lines, registering
from dialog.diary.models import (
    DiaryAuthority,
    DiaryEntry,
    DiaryHead,
    DiaryLine,
    DiaryValue,
    EntryKind,
)

AT_ONCE: Final = 2_000  # entries that are held in memory
SAYING: Final = (EntryKind.MATTER, EntryKind.DOCUMENT, EntryKind.CORRECTION)  # what a line shows
DISPOSES: Final = "disposes"  # the value that says what an entry of disposal takes away


@dataclass(frozen=True)
class Wrong:
    """A line that does not say what its entries say, or whose files are not theirs."""

    position: int
    files: bool = False


def faults(
    session: Session, *, authority: DiaryAuthority, heads: Iterable[Head] = ()
) -> Iterator[Found | Wrong]:
    """All that is wrong with an authority's diary, tried against every head that was published and
    those given.
    """
    published = session.exec(select(DiaryHead).where(DiaryHead.authority_id == authority.id)).all()
    kept = [Head(each.position, bytes.fromhex(each.digest)) for each in published]
    known = {head.position: head for head in kept} | {head.position: head for head in heads}
    disposed = _disposed(session, authority.id)
    entries = _entries(session, authority.id)
    yield from chain.faults(authority.letters, entries, disposed=disposed, heads=known.values())
    for each in kept:  # one given may differ from one published at the same place
        if known[each.position].digest != each.digest:
            yield Found(each.position, chain.Fault.OTHER_HEAD)
    yield from _wrong_lines(session, authority.id)


def head(session: Session, *, authority: DiaryAuthority) -> Head:
    """Where the diary stands: its last entry."""
    query = (
        select(DiaryEntry)
        .where(DiaryEntry.authority_id == authority.id)
        .order_by(col(DiaryEntry.position).desc())
        .limit(1)
    )
    last = session.exec(query).first()
    if last is None:
        return Head(0, chain.start(authority.letters))
    return Head(last.position, bytes.fromhex(last.digest))


def publish(session: Session, *, authority: DiaryAuthority) -> Head:
    """Keep where the diary stands as published; the same again changes nothing."""
    found = head(session, authority=authority)
    if found.position and session.get(DiaryHead, (authority.id, found.position)) is None:
        row = DiaryHead(
            authority_id=authority.id, position=found.position, digest=found.digest.hex()
        )
        session.add(row)
        session.flush()
    return found


def _disposed(session: Session, authority_id: UUID) -> dict[int, list[str]]:
    """By position, the names of values that entries of disposal name."""
    query = (
        select(DiaryValue.value)
        .join(
            DiaryEntry,
            (col(DiaryEntry.authority_id) == DiaryValue.authority_id)
            & (col(DiaryEntry.position) == DiaryValue.position),
        )
        .where(
            DiaryEntry.authority_id == authority_id,
            DiaryEntry.kind == EntryKind.DISPOSAL,
            DiaryValue.name == DISPOSES,
        )
    )
    found: dict[int, list[str]] = {}
    for said in session.exec(query):
        for each in said.split():
            position, _colon, name = each.partition(":")
            found.setdefault(int(position), []).append(name)
    return found


def _entries(session: Session, authority_id: UUID) -> Iterator[tuple[Entry, dict[str, Opening]]]:
    after = 0
    while rows := _some(session, authority_id, after):
        values = _values(session, authority_id, after, rows[-1].position)
        for row in rows:
            commitments = {name: bytes.fromhex(each) for name, each in row.commitments.items()}
            previous, digest = bytes.fromhex(row.previous), bytes.fromhex(row.digest)
            yield Entry(row.position, commitments, previous, digest), values.get(row.position, {})
        after = rows[-1].position


def _some(session: Session, authority_id: UUID, after: int) -> list[Any]:
    query = (
        select(DiaryEntry.position, DiaryEntry.commitments, DiaryEntry.previous, DiaryEntry.digest)
        .where(DiaryEntry.authority_id == authority_id, DiaryEntry.position > after)
        .order_by(col(DiaryEntry.position))
        .limit(AT_ONCE)
    )
    return list(session.exec(query))


def _values(
    session: Session, authority_id: UUID, after: int, last: int
) -> dict[int, dict[str, Opening]]:
    query = (
        select(DiaryValue.position, DiaryValue.name, DiaryValue.value, DiaryValue.salt)
        .where(DiaryValue.authority_id == authority_id)
        .where(DiaryValue.position > after, DiaryValue.position <= last)
        .order_by(col(DiaryValue.position))
    )
    return {
        position: {name: Opening(value, bytes.fromhex(salt)) for _at, name, value, salt in each}
        for position, each in groupby(session.exec(query), key=lambda row: row[0])
    }


def _wrong_lines(session: Session, authority_id: UUID) -> Iterator[Wrong]:
    """A line's columns are what the entry that it names says, and it names the last one."""
    latest = _latest(session, authority_id, *SAYING)
    files = _latest(session, authority_id, EntryKind.FILES)
    query = select(DiaryLine).where(DiaryLine.authority_id == authority_id)
    for rows in _batches(session.exec(query.order_by(col(DiaryLine.position)))):
        values = _said(session, authority_id, [row.latest for row in rows])
        bound = {row.id: files.get((row.matter_id, row.document), 0) for row in rows}
        hashes = _said(session, authority_id, list(bound.values()))
        kept = diary_files.hashes_of(session, lines=rows)
        for line in rows:
            right = latest.pop((line.matter_id, line.document), None) == line.latest
            if not right or not _says(line, values.get(line.latest, {})):
                yield Wrong(line.position)
            said = hashes.get(bound[line.id], {}).get(registering.FILES, "")
            if said.split() != kept.get(line.id, []):
                yield Wrong(line.position, files=True)
    yield from (Wrong(position) for position in sorted(latest.values()))


def _batches(rows: Iterable[DiaryLine]) -> Iterator[list[DiaryLine]]:
    those = iter(rows)
    while some := list(islice(those, AT_ONCE)):
        yield some


def _latest(session: Session, authority_id: UUID, *kinds: EntryKind) -> dict[tuple[UUID, int], int]:
    """The last entry of these kinds of each document, and of each matter as a whole (0)."""
    query = (
        select(DiaryEntry.matter_id, DiaryEntry.document, func.max(DiaryEntry.position))
        .where(DiaryEntry.authority_id == authority_id, col(DiaryEntry.matter_id).is_not(None))
        .where(col(DiaryEntry.kind).in_(kinds))
        .group_by(col(DiaryEntry.matter_id), col(DiaryEntry.document))
    )
    found = session.exec(query).all()
    return {(of, document or 0): position for of, document, position in found if of}


def _said(session: Session, authority_id: UUID, positions: list[int]) -> dict[int, dict[str, str]]:
    query = (
        select(DiaryValue.position, DiaryValue.name, DiaryValue.value)
        .where(DiaryValue.authority_id == authority_id, col(DiaryValue.position).in_(positions))
        .order_by(col(DiaryValue.position))
    )
    return {
        position: {name: value for _at, name, value in each}
        for position, each in groupby(session.exec(query), key=lambda row: row[0])
    }


def _says(line: DiaryLine, values: dict[str, str]) -> bool:
    if "arrived" not in values:
        return False
    return all(getattr(line, name) == value for name, value in lines.shown(values).items())
