"""Finding what stands in the diary: by words in any of their Swedish forms, by numbers, by phrases.

What a search asks for is looked up in the index, which knows at once which lines have all of it;
only of these the latest are read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
Place = tuple[UUID, int]  # an authority, and a position in its diary


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

    lines: list[tuple[DiaryLine, DiaryMatter]]
    number: int
    page: int
    last: int


def search(session: Session, *, wanted: Wanted, scope: Scope, page: int = 1) -> Hits:
    """The lines that hold every word, in any form, and every "phrase" as it is written. A diary
    number finds its matter or its document.
    """
    found = _found(session, wanted, scope)
    last = max(1, -(-min(len(found), COUNTED) // PAGE))
    page = min(max(1, page), last)
    first = (page - 1) * PAGE
    return Hits(_lines(session, found[first : min(first + PAGE, COUNTED)]), len(found), page, last)


def _found(session: Session, wanted: Wanted, scope: Scope) -> list[Place]:
    """The latest first, at most COUNTED + 1."""
    number = numbers.read(wanted.text)
    if number is not None:
        return _latest(session, *_numbered(session, number), *_narrowed(wanted))
    asked = indexing.narrowed(year=wanted.year, direction=wanted.direction)
    asked |= words.asked(wanted.text)
    if not asked:
        return _latest(session, *_narrowed(wanted), within=wanted.authority_id)
    holding = indexing.holding(session, scope=scope, wanted=asked, authority_id=wanted.authority_id)
    phrases = words.phrases(wanted.text)
    found: list[tuple[UUID, list[int]]] = []
    for authority_id, bits in holding.items():
        places = _places(bits)
        if phrases:
            places = _reading(session, places, authority_id, scope, phrases)
        found.append((authority_id, list(islice(places, COUNTED + 1))))
    return _merged(session, found)


def _places(bits: dict[int, int]) -> Iterator[int]:
    for stretch in sorted(bits, reverse=True):
        yield from stretches.latest_first(stretch, bits[stretch])


def _reading(
    session: Session, places: Iterator[int], authority_id: UUID, scope: Scope, phrases: list[str]
) -> Iterator[int]:
    """Of places those whose lines hold the phrases. The index knows which words follow each other,
    so few are read in vain.
    """
    while some := list(islice(places, COUNTED)):
        query = select(DiaryLine.position).where(
            DiaryLine.authority_id == authority_id,
            col(DiaryLine.position).in_(some),
            *(_reads(scope, each) for each in phrases),
        )
        yield from sorted(session.exec(query), reverse=True)


def _merged(session: Session, found: Sequence[tuple[UUID, list[int]]]) -> list[Place]:
    """Of several diaries by time. In one the places follow time."""
    if len(found) <= 1:
        return [(authority_id, each) for authority_id, places in found for each in places]
    lines = [
        sa.and_(col(DiaryLine.authority_id) == authority_id, col(DiaryLine.position).in_(places))
        for authority_id, places in found
    ]
    return _latest(session, sa.or_(*lines))


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


def _reads(scope: Scope, phrase: str) -> sa.ColumnElement[bool]:
    """Whether a line holds a phrase. SQLite knows small and capital letters only from a to z: any
    other letter may stand where one is; the words themselves were looked for already.
    """
    plain = re.sub(r"([%_\\])", r"\\\1", phrase.strip().casefold())
    pattern = "%" + re.sub(r"[^\x00-\x7f]", "_", plain) + "%"
    texts = (
        (DiaryLine.public_subject, DiaryLine.public_correspondent)
        if scope is Scope.PUBLIC
        else (DiaryLine.subject, DiaryLine.correspondent)
    )
    return sa.or_(*(sa.func.lower(col(each)).like(pattern, escape="\\") for each in texts))


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


def _lines(session: Session, places: list[Place]) -> list[tuple[DiaryLine, DiaryMatter]]:
    query = (
        select(DiaryLine, DiaryMatter)
        .join(DiaryMatter, col(DiaryMatter.id) == col(DiaryLine.matter_id))
        .where(sa.tuple_(col(DiaryLine.authority_id), col(DiaryLine.position)).in_(places))
    )
    found = {(line.authority_id, line.position): (line, of) for line, of in session.exec(query)}
    return [found[place] for place in places if place in found]
