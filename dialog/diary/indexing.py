"""The index of a diary: under each word the places of the lines that hold it.

Both databases have the same, and what is withheld stands under a scope of its own. Whoever changes
it holds the authority (`people.steps.hold`), as all who write in a diary do.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.core.diary import stretches, words
from dialog.core.diary.stretches import UnpackedError
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
    """Keep a line under `new` instead of `old`. Raises UnpackedError rather than to lose what else
    is kept.
    """
    stretch, bit = stretches.place(line.position)
    differ = sorted(old ^ new)
    there = {
        (scope, word): stretches.unpack(places)
        for scope, word, places in _rows(
            session, line.authority_id, stretch,
            col(DiaryWord.scope).in_(list(Scope)),  # all: so the key is looked up, not walked
            col(DiaryWord.word).in_({word for _scope, word in differ}),
        )
    }  # fmt: skip
    after = {
        key: there.get(key, 0) | bit if key in new else there.get(key, 0) & ~bit for key in differ
    }
    _put(session, line.authority_id, stretch, {key: bits for key, bits in after.items() if bits})
    emptied = [key for key, bits in after.items() if not bits]
    if emptied:
        session.connection().execute(
            sa.delete(DiaryWord).where(
                col(DiaryWord.authority_id) == line.authority_id,
                col(DiaryWord.stretch) == stretch,
                sa.tuple_(col(DiaryWord.scope), col(DiaryWord.word)).in_(emptied),
            )
        )


def rebuild(session: Session, *, authority: DiaryAuthority) -> None:
    """Make the index anew of the lines that there are."""
    every = of(session, authority=authority)
    session.connection().execute(
        sa.delete(DiaryWord).where(col(DiaryWord.authority_id) == authority.id)
    )
    for stretch in every:
        bits: dict[tuple[Scope, str], int] = {}
        for line, matter in lines_in(session, authority.id, stretch):
            for key in words_of(line, matter):
                bits[key] = bits.get(key, 0) | stretches.place(line.position)[1]
        _put(session, authority.id, stretch, bits)


def of(session: Session, *, authority: DiaryAuthority) -> range:
    """The stretches of a diary, or of what its index says."""
    query = sa.select(sa.func.max(col(DiaryWord.stretch))).where(
        col(DiaryWord.authority_id) == authority.id
    )
    last = session.connection().scalar(query) or 0
    return range(max(last, stretches.place(authority.entries)[0]) + 1)


def lines_in(
    session: Session, authority_id: UUID, stretch: int
) -> list[tuple[DiaryLine, DiaryMatter]]:
    """The lines of a stretch, each with its matter, in their order, as the database has them."""
    places = stretches.positions(stretch)
    query = (
        select(DiaryLine, DiaryMatter)
        .join(DiaryMatter, col(DiaryMatter.id) == col(DiaryLine.matter_id))
        .where(
            DiaryLine.authority_id == authority_id,
            col(DiaryLine.position).between(places.start, places.stop - 1),
        )
        .order_by(col(DiaryLine.position))
        .execution_options(populate_existing=True)
    )
    return list(session.exec(query))


def kept(
    session: Session, authority_id: UUID, stretch: int, *, among: int = -1
) -> dict[int, set[tuple[Scope, str]]]:
    """What is kept of each position of a stretch, or of those whose bits are `among`. What cannot
    be unpacked says nothing.
    """
    found: dict[int, set[tuple[Scope, str]]] = {}
    for scope, word, places in _rows(session, authority_id, stretch):
        for position in stretches.latest_first(stretch, _readable(places) & among):
            found.setdefault(position, set()).add((scope, word))
    return found


def kept_of(session: Session, lines: Sequence[DiaryLine]) -> dict[int, Words]:
    """What is kept of lines of one authority, by their positions: all of that is to go when they
    are found by something else. To know it a whole stretch is read, each once.
    """
    bits: dict[int, int] = {}  # by stretch
    for line in lines:
        stretch, bit = stretches.place(line.position)
        bits[stretch] = bits.get(stretch, 0) | bit
    found = {line.position: NONE for line in lines}
    for stretch, among in bits.items():
        of_stretch = kept(session, lines[0].authority_id, stretch, among=among)
        found |= {position: frozenset(words) for position, words in of_stretch.items()}
    return found


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
        if any(whole.values()):
            found[authority] = {at: bits for at, bits in whole.items() if bits}
    return found


def _together(packed: Iterable[bytes]) -> int:
    bits = -1
    for each in packed:
        bits &= _readable(each)
        if not bits:
            break
    return bits


def _rows(
    session: Session, authority_id: UUID, stretch: int, *clauses: sa.ColumnElement[bool]
) -> Iterator[tuple[Scope, str, bytes]]:
    query = sa.select(col(DiaryWord.scope), col(DiaryWord.word), col(DiaryWord.places)).where(
        col(DiaryWord.authority_id) == authority_id, col(DiaryWord.stretch) == stretch, *clauses
    )
    for scope, word, places in session.connection().execute(query):
        yield Scope(scope), word, places


def _put(
    session: Session, authority_id: UUID, stretch: int, bits: dict[tuple[Scope, str], int]
) -> None:
    rows: list[dict[str, Any]] = [
        {
            "authority_id": authority_id, "stretch": stretch, "scope": scope, "word": word,
            "places": stretches.pack(each),
        }
        for (scope, word), each in bits.items()
    ]  # fmt: skip
    bulk.put(session, bulk.table_of(DiaryWord), rows)


def _readable(places: bytes) -> int:
    try:
        return stretches.unpack(places)
    except UnpackedError:  # `dialog diary verify` tells, and `dialog diary index` mends it
        return 0
