"""Finding what stands in the diary: by words in any of their Swedish forms, by numbers, by phrases.

Words are kept by their stems (Snowball's Swedish algorithm, snowballstem.org) in a table that both
databases have, in the order of registration: a search walks the rarest word's lines, the latest
first, and asks for each whether the others are there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import snowballstemmer
import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from dialog.core.diary import numbers
from dialog.core.diary.numbers import DiaryNumber
from dialog.diary.models import DiaryAuthority, DiaryLine, DiaryMatter, DiaryWord, Direction, Scope

PAGE: Final = 50
COUNTED: Final = 1_000  # more is told as more
LONGEST: Final = 60
AT_MOST: Final = 10  # words of a search
OFTEN: Final = 8_000
_PLACE: Final = ("moment", "authority_id", "position")
_WORD: Final = re.compile(r"[^\W_]+")
_PHRASE: Final = re.compile(r'["”“]([^"”“]+)["”“]')
_stemmer: Final = snowballstemmer.stemmer("swedish")


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


def stems(text: str) -> list[str]:
    """The words of a text as they are kept, each once, in their order."""
    words = _WORD.findall(text.casefold())
    return list(dict.fromkeys(_stemmer.stemWord(word)[:LONGEST] for word in words))


def index(session: Session, line: DiaryLine) -> None:
    """Keep a line's words, in place of those that it had."""
    session.connection().execute(
        sa.delete(DiaryWord).where(
            col(DiaryWord.authority_id) == line.authority_id,
            col(DiaryWord.position) == line.position,
        )
    )
    rows = [
        {
            "scope": scope, "word": word, "moment": int(line.registered_at.timestamp()),
            "authority_id": line.authority_id, "position": line.position,
        }
        for scope, word in sorted(words_of(line))
    ]  # fmt: skip
    if rows:
        session.connection().execute(sa.insert(DiaryWord), rows)


def words_of(line: DiaryLine) -> set[tuple[Scope, str]]:
    """By which words a line is found, by everybody and by whoever keeps the diary."""
    texts = {
        Scope.ALL: f"{line.subject} {line.correspondent}",
        Scope.PUBLIC: f"{line.public_subject or ''} {line.public_correspondent or ''}",
    }
    return {(scope, word) for scope, text in texts.items() for word in stems(text)}


def search(session: Session, *, wanted: Wanted, scope: Scope, page: int = 1) -> Hits:
    """The lines that hold every word, in any form, and every "phrase" as it is written. A diary
    number finds its matter or its document.
    """
    matching = _matching(session, wanted, scope).limit(COUNTED + 1)
    found = session.connection().execute(matching).all()  # once: to count them is to walk them
    last = max(1, -(-min(len(found), COUNTED) // PAGE))
    page = min(max(1, page), last)
    first = (page - 1) * PAGE
    shown = found[first : min(first + PAGE, COUNTED)]
    places = [(each.authority_id, each.position) for each in shown]
    return Hits(_lines(session, places), len(found), page, last)


def _matching(session: Session, wanted: Wanted, scope: Scope) -> sa.Select[UUID, int]:
    """The places of the lines, the latest first."""
    number = numbers.read(wanted.text)
    words = [] if number else stems(wanted.text)[:AT_MOST]
    query = sa.select(col(DiaryLine.authority_id), col(DiaryLine.position))
    order: tuple[Any, ...] = (col(DiaryLine.registered_at).desc(), col(DiaryLine.position).desc())
    if words:
        rarest, *others = sorted(words, key=lambda word: _lines_with(session, scope, word))
        walked = aliased(DiaryWord)
        query = query.join(walked, _same_line(walked)).where(_is(walked, scope, rarest))
        query = query.where(*(_has(walked, scope, word) for word in others))
        order = (col(walked.moment).desc(), col(walked.position).desc())
        query = query.where(*(_reads(scope, each) for each in _PHRASE.findall(wanted.text)))
    if number is not None:
        query = query.where(*_numbered(session, number))
    if wanted.year is not None:
        query = query.join(DiaryMatter, col(DiaryMatter.id) == col(DiaryLine.matter_id))
        query = query.where(col(DiaryMatter.year) == wanted.year)
    if wanted.authority_id is not None:
        query = query.where(col(DiaryLine.authority_id) == wanted.authority_id)
    if wanted.direction is not None:
        query = query.where(col(DiaryLine.direction) == wanted.direction)
    return query.order_by(*order, col(DiaryLine.authority_id))


def _lines_with(session: Session, scope: Scope, word: str) -> int:
    """At most OFTEN: which of two frequent words is the rarer is not worth counting."""
    some = sa.select(col(DiaryWord.position)).where(_is(DiaryWord, scope, word)).limit(OFTEN)
    counted = sa.select(sa.func.count()).select_from(some.subquery())
    return int(session.connection().scalar(counted) or 0)


def _is(table: Any, scope: Scope, word: str) -> sa.ColumnElement[bool]:
    return sa.and_(table.scope == scope, table.word == word)


def _same_line(table: Any) -> sa.ColumnElement[bool]:
    return sa.and_(
        table.authority_id == DiaryLine.authority_id, table.position == DiaryLine.position
    )


def _has(walked: Any, scope: Scope, word: str) -> sa.ColumnElement[bool]:
    """Whether the walked line has the word too: one look in the index."""
    other = aliased(DiaryWord)
    same = (getattr(other, each) == getattr(walked, each) for each in _PLACE)
    return sa.exists(sa.select(sa.literal(1)).where(_is(other, scope, word), *same))


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


def _lines(session: Session, places: list[tuple[UUID, int]]) -> list[tuple[DiaryLine, DiaryMatter]]:
    query = (
        select(DiaryLine, DiaryMatter)
        .join(DiaryMatter, col(DiaryMatter.id) == col(DiaryLine.matter_id))
        .where(sa.tuple_(col(DiaryLine.authority_id), col(DiaryLine.position)).in_(places))
    )
    found = {(line.authority_id, line.position): (line, of) for line, of in session.exec(query)}
    return [found[place] for place in places]
