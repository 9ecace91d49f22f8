"""The index of a diary: under each word the places of the lines that hold it.

Both databases have the same, and what is withheld stands under a scope of its own. Whoever changes
it holds the authority (`people.steps.hold`), as all who write in a diary do.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialog.core.diary import stretches, words
from dialog.diary.models import DiaryAuthority, DiaryLine, DiaryMatter, DiaryWord, Direction, Scope

Words = frozenset[tuple[Scope, str]]
NONE: Words = frozenset()
_KEY = ("authority_id", "stretch", "scope", "word")


def words_of(line: DiaryLine, matter: DiaryMatter) -> Words:
    """By what a line is found, by everybody and by whoever keeps the diary."""
    texts = {
        Scope.ALL: (line.subject, line.correspondent),
        Scope.PUBLIC: (line.public_subject or "", line.public_correspondent or ""),
    }
    marks = narrowed(year=matter.year, direction=line.direction)
    return frozenset(
        (scope, word) for scope, some in texts.items() for word in words.kept(some) | marks
    )


def narrowed(*, year: int | None, direction: Direction | None) -> set[str]:
    """What lines are narrowed to, kept like words: none is written with the sign."""
    said = {"year": year, "direction": direction}
    return {f"{name}={value}" for name, value in said.items() if value is not None}


def change(session: Session, line: DiaryLine, *, old: Words, new: Words) -> None:
    """Keep a line under `new` instead of `old`."""
    stretch, bit = stretches.place(line.position)
    key = {"authority_id": line.authority_id, "stretch": stretch}
    there = _there(session, key, {word for _scope, word in old ^ new})
    added, changed, emptied = [], [], []
    for scope, word in sorted(old ^ new):
        before = there.get((scope, word), 0)
        after = before | bit if (scope, word) in new else before & ~bit
        row = {"scope": scope, "word": word, **key}
        if not after:
            emptied.append(row)
        elif before:
            changed.append({**row, "places": stretches.pack(after)})
        else:
            added.append({**row, "places": stretches.pack(after)})
    connection = session.connection()
    if added:
        connection.execute(sa.insert(DiaryWord), added)
    if changed:
        connection.execute(_this(sa.update(DiaryWord)).values(places=sa.bindparam("places")),
                           [_bound(row) for row in changed])  # fmt: skip
    if emptied:
        connection.execute(_this(sa.delete(DiaryWord)), [_bound(row) for row in emptied])


def _there(
    session: Session, key: Mapping[str, Any], wanted: Iterable[str]
) -> dict[tuple[Scope, str], int]:
    query = sa.select(col(DiaryWord.scope), col(DiaryWord.word), col(DiaryWord.places)).where(
        *(getattr(DiaryWord, name) == value for name, value in key.items()),
        col(DiaryWord.scope).in_(list(Scope)),
        col(DiaryWord.word).in_(sorted(wanted)),
    )
    found = session.connection().execute(query)
    return {(Scope(scope), word): stretches.unpack(places) for scope, word, places in found}


def _this(statement: Any) -> Any:
    return statement.where(
        *(getattr(DiaryWord, name) == sa.bindparam(f"of_{name}") for name in _KEY)
    )


def _bound(row: Mapping[str, Any]) -> dict[str, Any]:
    return {f"of_{name}" if name in _KEY else name: value for name, value in row.items()}


def holding(
    session: Session, *, scope: Scope, wanted: set[str], authority_id: UUID | None
) -> dict[UUID, dict[int, int]]:
    """The bits of the places that are kept under all of these words, by authority and stretch."""
    diaries = sa.select(col(DiaryAuthority.id), col(DiaryAuthority.entries))
    if authority_id is not None:
        diaries = diaries.where(col(DiaryAuthority.id) == authority_id)
    found: dict[UUID, dict[int, int]] = {}
    for authority, entries in session.connection().execute(diaries).all():
        packed: dict[int, list[bytes]] = {}
        query = sa.select(col(DiaryWord.stretch), col(DiaryWord.places)).where(
            col(DiaryWord.authority_id) == authority,
            col(DiaryWord.stretch).in_(range(stretches.place(entries)[0] + 1)),
            col(DiaryWord.scope) == scope,
            col(DiaryWord.word).in_(wanted),
        )
        for stretch, places in session.connection().execute(query):
            packed.setdefault(stretch, []).append(places)
        whole = {at: _together(some) for at, some in packed.items() if len(some) == len(wanted)}
        found[authority] = {at: bits for at, bits in whole.items() if bits}
    return found


def _together(packed: Iterable[bytes]) -> int:
    bits = -1
    for each in packed:
        bits &= stretches.unpack(each)
        if not bits:
            break
    return bits


def kept_between(
    session: Session, *, authority_id: UUID, first: int, last: int
) -> dict[int, set[tuple[Scope, str]]]:
    """What is kept of each position from `first` to `last`; to try it, whole stretches are read."""
    touched = range(stretches.place(first)[0], stretches.place(last)[0] + 1)
    query = sa.select(DiaryWord).where(
        col(DiaryWord.authority_id) == authority_id, col(DiaryWord.stretch).in_(list(touched))
    )
    found: dict[int, set[tuple[Scope, str]]] = {}
    for row in session.connection().execute(query):
        for position in stretches.latest_first(row.stretch, stretches.unpack(row.places)):
            if first <= position <= last:
                found.setdefault(position, set()).add((Scope(row.scope), row.word))
    return found
