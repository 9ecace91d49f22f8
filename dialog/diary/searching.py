"""Finding what stands in the diary: by words in any of their Swedish forms, by numbers, by phrases.

What a search asks for is looked up in the index, which knows at once which lines have all of it;
only of these the latest are read.
"""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.core.diary import numbers, stretches, words
from dialog.core.diary.numbers import DiaryNumber
from dialog.diary import indexing
from dialog.diary.models import DiaryAuthority, DiaryLine, DiaryMatter, Direction, Scope

PAGE: Final = 50
COUNTED: Final = 1_000  # more is told as more
KNOWN: Final = 2  # words that follow each other: so many the index knows
Place = tuple[UUID, int]  # an authority, and a position in its diary
Lines = list[tuple[DiaryLine, DiaryMatter]]


@dataclass(frozen=True)
class Wanted:
    """What a search asks for: words, and what the lines are narrowed to."""

    text: str = ""
    authority_id: UUID | None = None
    year: int | None = None  # of the matter's number
    direction: Direction | None = None


@dataclass(frozen=True)
class Hits:
    """A page of lines, with each one's matter; `number` is at most COUNTED + 1."""

    lines: Lines
    number: int
    page: int
    last: int


def search(session: Session, *, wanted: Wanted, scope: Scope, page: int = 1) -> Hits:
    """The lines that hold every word, in any form, and the words of every "phrase" as they are
    written, one after the other. A diary number finds its matter or its document.
    """
    found = _found(session, wanted, scope)
    last = max(1, -(-min(len(found), COUNTED) // PAGE))
    page = min(max(1, page), last)
    first = (page - 1) * PAGE
    return Hits(_lines(session, found[first : min(first + PAGE, COUNTED)]), len(found), page, last)


def pages(session: Session, *, wanted: Wanted, scope: Scope) -> Iterator[Lines]:
    """The lines of every page, one page at a time; looked for once."""
    found = _found(session, wanted, scope)[:COUNTED]
    for first in range(0, len(found), PAGE):
        yield _lines(session, found[first : first + PAGE])


def _found(session: Session, wanted: Wanted, scope: Scope) -> list[Place]:
    """The latest first, at most COUNTED + 1."""
    number = numbers.read(wanted.text)
    if number is not None and (places := _of_number(session, number, wanted)):
        return places
    asked = words.asked(wanted.text)
    if wanted.text.strip() and not asked:
        return []  # signs alone
    asked |= indexing.narrowed(year=wanted.year, direction=wanted.direction)
    if not asked:
        return _latest(session, *_narrowed(wanted), within=wanted.authority_id)
    holding = indexing.holding(session, scope=scope, wanted=asked, authority_id=wanted.authority_id)
    phrases = [each for each in words.phrases(wanted.text) if len(each) > KNOWN]
    return _merged(
        session,
        {
            authority_id: _reading(session, _places(bits), authority_id, scope, phrases)
            for authority_id, bits in holding.items()
        },
    )


def _of_number(session: Session, number: DiaryNumber, wanted: Wanted) -> list[Place]:
    """Nothing where no matter has it: "budget 2026–2028" looks like a number and is none."""
    return _latest(session, *_numbered(session, number), *_narrowed(wanted))


def _places(bits: dict[int, int]) -> Iterator[int]:
    for stretch in sorted(bits, reverse=True):
        yield from stretches.latest_first(stretch, bits[stretch])


def _reading(
    session: Session,
    places: Iterator[int],
    authority_id: UUID,
    scope: Scope,
    phrases: list[list[str]],
) -> Iterator[int]:
    """Of places those whose lines hold the phrases. The index knows which words follow each other,
    so few are read in vain.
    """
    if not phrases:
        yield from places
        return
    texts = (
        (DiaryLine.public_subject, DiaryLine.public_correspondent)
        if scope is Scope.PUBLIC
        else (DiaryLine.subject, DiaryLine.correspondent)
    )
    while some := list(islice(places, COUNTED)):
        query = (
            sa.select(col(DiaryLine.position), *(col(each) for each in texts))
            .where(col(DiaryLine.authority_id) == authority_id, col(DiaryLine.position).in_(some))
            .order_by(col(DiaryLine.position).desc())
        )
        for position, *said in session.connection().execute(query):
            written = [words.written(text or "") for text in said]
            if all(any(words.holds(each, phrase) for each in written) for phrase in phrases):
                yield position


def _merged(session: Session, found: Mapping[UUID, Iterator[int]]) -> list[Place]:
    """Of several diaries by time. In one the places follow time."""
    if len(found) == 1:
        return [(of, each) for of, places in found.items() for each in islice(places, COUNTED + 1)]
    timed = (_timed(session, of, places) for of, places in found.items())
    latest = heapq.merge(*timed, key=lambda each: each[:2], reverse=True)
    return [(of, position) for _at, position, of in islice(latest, COUNTED + 1)]


def _timed(
    session: Session, authority_id: UUID, places: Iterator[int]
) -> Iterator[tuple[datetime, int, UUID]]:
    while some := list(islice(places, 2 * PAGE)):
        query = (
            sa.select(col(DiaryLine.registered_at), col(DiaryLine.position))
            .where(col(DiaryLine.authority_id) == authority_id, col(DiaryLine.position).in_(some))
            .order_by(col(DiaryLine.position).desc())
        )
        for at, position in session.connection().execute(query).all():
            yield at, position, authority_id


def _latest(
    session: Session, *clauses: sa.ColumnElement[bool], within: UUID | None = None
) -> list[Place]:
    """`within` one diary they are in its own order: another board's lines are not walked."""
    place = (col(DiaryLine.authority_id), col(DiaryLine.position))
    of_all = (col(DiaryLine.registered_at).desc(), place[1].desc(), place[0])
    order = of_all if within is None else (place[1].desc(),)
    query = sa.select(*place).where(*clauses).order_by(*order).limit(COUNTED + 1)
    return [(authority, position) for authority, position in session.connection().execute(query)]


def _narrowed(wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.year is not None:
        of_year = select(DiaryMatter.id).where(DiaryMatter.year == wanted.year)
        yield col(DiaryLine.matter_id).in_(of_year)
    if wanted.authority_id is not None:
        yield col(DiaryLine.authority_id) == wanted.authority_id
    if wanted.direction is not None:
        yield col(DiaryLine.direction) == wanted.direction


def _numbered(session: Session, number: DiaryNumber) -> Iterator[sa.ColumnElement[bool]]:
    """The matter is looked up first: in one query SQLite would walk all lines by their time."""
    matter = (
        select(DiaryMatter.id)
        .join(DiaryAuthority, col(DiaryAuthority.id) == col(DiaryMatter.authority_id))
        .where(DiaryAuthority.letters == number.letters)
        .where(DiaryMatter.year == number.year, DiaryMatter.serial == number.serial)
    )
    yield col(DiaryLine.matter_id).in_(session.exec(matter).all())
    if number.document is not None:
        yield col(DiaryLine.document) == number.document


def _lines(session: Session, places: Sequence[Place]) -> Lines:
    """Board by board: a pair of columns in a list makes SQLite read all lines."""
    found: dict[Place, tuple[DiaryLine, DiaryMatter]] = {}
    for authority_id in {of for of, _position in places}:
        query = (
            select(DiaryLine, DiaryMatter)
            .join(DiaryMatter, col(DiaryMatter.id) == col(DiaryLine.matter_id))
            .where(
                DiaryLine.authority_id == authority_id,
                col(DiaryLine.position).in_([at for of, at in places if of == authority_id]),
            )
        )
        found |= {(authority_id, line.position): (line, of) for line, of in session.exec(query)}
    return [found[place] for place in places if place in found]
