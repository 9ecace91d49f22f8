"""Whether the tables beside the chain say what the chain's values say: the chain binds the values
alone, and what people see stands in columns, lines, words and files.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.diary import files as diary_files
from dialog.diary import indexing, lines, numbering, registering
from dialog.diary.models import (
    DiaryAuthority,
    DiaryEntry,
    DiaryLine,
    DiaryMatter,
    DiaryValue,
    EntryKind,
)

AT_ONCE: Final = 2_000
SAYING: Final = frozenset({EntryKind.MATTER, EntryKind.DOCUMENT, EntryKind.CORRECTION})


class What(StrEnum):
    ENTRY = "entry"  # it is of another kind, matter or number than was written
    LINE = "line"  # what is shown is not what the entries say
    WORDS = "words"  # a search finds it by other words
    FILES = "files"  # its files are not those that were registered
    COUNT = "count"  # entries or documents are more or fewer than were numbered
    AUTHORITY = "authority"  # it has another name than when a matter was opened


@dataclass(frozen=True)
class Wrong:
    """What is wrong with the entry or the line at `position`."""

    position: int
    what: What = What.LINE


Values = Mapping[str, str]
Key = tuple[UUID, int]  # a matter, and the number of a document in it; 0: the matter as a whole


@dataclass
class _Told:
    """What the entries tell, gathered on the way through them."""

    first: dict[Key, int] = field(default_factory=dict)
    latest: dict[Key, int] = field(default_factory=dict)
    files: dict[Key, str] = field(default_factory=dict)
    registered: dict[int, str] = field(default_factory=dict)  # by position of the first entry
    last: int = 0


def wrong(session: Session, *, authority: DiaryAuthority) -> Iterator[Wrong]:
    """All of it, by place in the diary."""
    session.refresh(authority)  # what counters say is what the database says, not what we remember
    query = select(DiaryMatter).where(DiaryMatter.authority_id == authority.id)
    found = session.exec(query.execution_options(populate_existing=True))
    matters = {each.id: each for each in found}
    told = _Told()
    for position, kind, matter_id, document, values in _entries(session, authority.id):
        told.last = position
        matter = matters.get(matter_id)
        yield from _wrong_entry(authority, position, kind, matter, document, values)
        if matter is not None:
            _tell(told, (matter.id, document or 0), position, kind, values)
    yield from _wrong_counts(authority, matters.values(), told)
    yield from _wrong_lines(session, authority, told)


def _wrong_entry(  # noqa: PLR0917 - the columns of an entry
    authority: DiaryAuthority,
    position: int,
    kind: EntryKind,
    matter: DiaryMatter | None,
    document: int | None,
    values: Values,
) -> Iterator[Wrong]:
    if matter is None:
        yield Wrong(position, What.ENTRY)
        return
    number = str(numbering.number_of(authority, matter, document or 0))
    if values.get("kind") != str(kind) or values.get("number", number) != number:
        yield Wrong(position, What.ENTRY)
    if values.get("authority", authority.name) != authority.name:
        yield Wrong(position, What.AUTHORITY)


def _tell(told: _Told, key: Key, position: int, kind: EntryKind, values: Values) -> None:
    if kind in SAYING:
        told.latest[key] = position
        if key not in told.first:
            told.first[key] = position
            told.registered[position] = values.get("registered", "")
    elif kind is EntryKind.FILES:
        told.files[key] = values.get(registering.FILES, "")


def _wrong_counts(
    authority: DiaryAuthority, matters: Iterable[DiaryMatter], told: _Told
) -> Iterator[Wrong]:
    """Numbers are given without a gap: as many as were given are there."""
    if authority.entries != told.last:
        yield Wrong(told.last, What.COUNT)
    for matter in matters:
        *numbered, more = ((matter.id, n) in told.first for n in range(matter.documents + 2))
        if more or not all(numbered):
            yield Wrong(told.first.get((matter.id, 0), 0), What.COUNT)


def _wrong_lines(session: Session, authority: DiaryAuthority, told: _Told) -> Iterator[Wrong]:
    """What is shown, found and handed out of each line: a stretch of the diary at a time."""
    left = dict(told.latest)
    for stretch in indexing.of(session, authority=authority):
        found = indexing.lines_in(session, authority.id, stretch)
        values = _said(session, authority.id, [line.latest for line, _matter in found])
        kept = diary_files.marks_of(session, lines=[line for line, _matter in found])
        for line, _matter in found:
            key = (line.matter_id, line.document)
            latest, first = left.pop(key, None), told.first.get(key)
            shown = (latest, first) == (line.latest, line.position)
            registered = told.registered.get(line.position, "")
            if not shown or not _says(line, values.get(line.latest, {}), registered):
                yield Wrong(line.position, What.LINE)
            if told.files.get(key, "").split() != kept.get(line.id, []):
                yield Wrong(line.position, What.FILES)
        yield from _wrong_words(session, authority.id, stretch, found)
    yield from (Wrong(position, What.LINE) for position in sorted(left.values()))


def _wrong_words(
    session: Session, authority_id: UUID, stretch: int, found: list[tuple[DiaryLine, DiaryMatter]]
) -> Iterator[Wrong]:
    """By other words than its own a line is found, or a place without a line."""
    kept = indexing.kept(session, authority_id, stretch)
    own = {line.position: indexing.words_of(line, matter) for line, matter in found}
    for position in sorted(own.keys() | kept.keys()):
        if kept.get(position, set()) != own.get(position, set()):
            yield Wrong(position, What.WORDS)


def _says(line: DiaryLine, values: Values, registered: str) -> bool:
    if "arrived" not in values or not registered:
        return False
    if line.registered_at != datetime.fromisoformat(registered):
        return False
    return all(getattr(line, name) == value for name, value in lines.shown(values).items())


def _entries(
    session: Session, authority_id: UUID
) -> Iterator[tuple[int, EntryKind, Any, int | None, Values]]:
    after = 0
    while True:
        query = (
            select(DiaryEntry.position, DiaryEntry.kind, DiaryEntry.matter_id, DiaryEntry.document)
            .where(DiaryEntry.authority_id == authority_id, DiaryEntry.position > after)
            .order_by(col(DiaryEntry.position))
            .limit(AT_ONCE)
        )
        rows = list(session.exec(query))
        if not rows:
            return
        values = _said(session, authority_id, [position for position, *_rest in rows])
        for position, kind, matter_id, document in rows:
            yield position, EntryKind(kind), matter_id, document, values.get(position, {})
        after = rows[-1][0]


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
