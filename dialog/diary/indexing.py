"""The index of a diary: under each word the places of the lines that hold it.

Both databases have the same, and what is withheld stands under a scope of its own. Whoever changes
it holds the authority (`people.steps.hold`), as all who write in a diary do.
"""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialog.core.diary import stretches, words
from dialog.diary.models import DiaryAuthority, DiaryLine, DiaryMatter, DiaryWord, Direction, Scope
from dialog.storage import bulk

Words = frozenset[tuple[Scope, str]]
NONE: Words = frozenset()


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
    there = _there(session, line.authority_id, stretch, {word for _scope, word in old ^ new})
    kept = {
        key: there.get(key, 0) | bit if key in new else there.get(key, 0) & ~bit
        for key in sorted(old ^ new)
    }
    rows = [
        {
            "authority_id": line.authority_id, "stretch": stretch, "scope": scope, "word": word,
            "places": stretches.pack(bits),
        }
        for (scope, word), bits in kept.items()
        if bits
    ]  # fmt: skip
    bulk.put(session, bulk.table_of(DiaryWord), rows)
    emptied = [key for key, bits in kept.items() if not bits]
    if emptied:
        session.connection().execute(
            sa.delete(DiaryWord).where(
                col(DiaryWord.authority_id) == line.authority_id,
                col(DiaryWord.stretch) == stretch,
                sa.tuple_(col(DiaryWord.scope), col(DiaryWord.word)).in_(emptied),
            )
        )


def _there(
    session: Session, authority_id: UUID, stretch: int, wanted: set[str]
) -> dict[tuple[Scope, str], int]:
    query = sa.select(col(DiaryWord.scope), col(DiaryWord.word), col(DiaryWord.places)).where(
        col(DiaryWord.authority_id) == authority_id,
        col(DiaryWord.stretch) == stretch,
        col(DiaryWord.scope).in_(list(Scope)),
        col(DiaryWord.word).in_(wanted),
    )
    found = session.connection().execute(query)
    return {(Scope(scope), word): stretches.unpack(places) for scope, word, places in found}


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
