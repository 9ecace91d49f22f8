"""Trying a diary: whether each entry is as it was written, and each line says what entries say."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.core.diary import chain
from dialog.core.diary.chain import Entry, Found, Head, Opening
from dialog.diary import comparing, registering
from dialog.diary.comparing import Wrong
from dialog.diary.models import (
    DiaryAuthority,
    DiaryEntry,
    DiaryHead,
    DiaryValue,
    EntryKind,
)

AT_ONCE: Final = 2_000  # entries that are held in memory
DISPOSES: Final = "disposes"  # the value that says what an entry of disposal takes away
# What can be disposed of: what tells of people and of what they wrote. The rest are numbers, days
# and kinds.
GOES: Final = frozenset(
    {
        "correspondent", "public_correspondent", "subject", "public_subject", "secrecy", "why",
        registering.FILES,
    }
)  # fmt: skip
_NAMED: Final = re.compile(r"([0-9]{1,9}):([a-z_]+)")


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
    yield from comparing.wrong(session, authority=authority)


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
    """By position, the names of values that entries of disposal take away. An entry takes away what
    was written before it in the same matter, and no number or day, whatever it says.
    """
    query = (
        select(DiaryEntry.position, DiaryEntry.matter_id, DiaryValue.value)
        .join(
            DiaryValue,
            (col(DiaryValue.authority_id) == DiaryEntry.authority_id)
            & (col(DiaryValue.position) == DiaryEntry.position),
        )
        .where(DiaryEntry.authority_id == authority_id, DiaryValue.name == DISPOSES)
        .where(DiaryEntry.kind == EntryKind.DISPOSAL)
    )
    found: dict[int, list[str]] = {}
    for disposing, matter_id, said in session.exec(query).all():
        its = set(
            session.exec(select(DiaryEntry.position).where(DiaryEntry.matter_id == matter_id))
        )
        for text, name in _NAMED.findall(said):
            position = int(text)
            if position in its and position < disposing and name in GOES:
                found.setdefault(position, []).append(name)
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
