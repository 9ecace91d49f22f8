"""What the pages of the organisation show: the upper part of the tree, a unit's parts, a search."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialog.core.levels import Level
from dialog.organisation.models import Unit
from dialog.organisation.ordering import by_name

DEEPEST = 2  # the tree's page ends at verksamhet; further down is a unit's own page
MOST_FOUND = 50


@dataclass
class Branch:
    """A unit with how many people and parts it has, and those parts that are shown below it."""

    code: str
    name: str
    people: int
    parts: int = 0
    below: list["Branch"] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
    """A unit that a search found; `place` names the units above it, from the root."""

    code: str
    name: str
    place: tuple[str, ...]


def top(session: Session) -> Branch | None:
    """The root and what is shown below it; None in an empty organisation."""
    rows = _rows(session, col(Unit.depth) <= DEEPEST)
    branches, root = _branches(session, rows), None
    for row in rows:
        if row.parent_id in branches:
            branches[row.parent_id].below.append(branches[row.id])
        elif row.parent_id is None:
            root = branches[row.id]
    return root


def parts(session: Session, *, of: Unit) -> list[Branch]:
    """The units right below `of`, by name."""
    rows = _rows(session, col(Unit.parent_id) == of.id)
    return list(_branches(session, rows).values())


def levels(unit: Unit) -> list[tuple[Level, int]]:
    """How many people there are on each level in the unit and below it; no empty levels."""
    counts = [(level, unit.headcount.get(level.value, 0)) for level in Level]
    return [(level, count) for level, count in counts if count]


def search(session: Session, *, words: str) -> tuple[list[Found], int]:
    """The first units whose name or code holds `words`, whatever their case; and how many do."""
    wanted = words.casefold()
    query = sa.select(col(Unit.code), col(Unit.name), col(Unit.path)).where(col(Unit.active))
    rows = session.connection().execute(query).all()
    matching = [
        row for row in rows if wanted in row.name.casefold() or wanted in row.code.casefold()
    ]
    matching.sort(key=lambda row: (by_name(row.name), row.code))
    names = {row.code: row.name for row in rows}
    found = [
        Found(
            row.code, row.name, tuple(names[code] for code in row.path.strip("/").split("/")[:-1])
        )
        for row in matching[:MOST_FOUND]
    ]
    return found, len(matching)


def _rows(session: Session, condition: Any) -> list[Any]:
    query = sa.select(
        col(Unit.id), col(Unit.code), col(Unit.name), col(Unit.parent_id), col(Unit.headcount)
    ).where(col(Unit.active), condition)
    rows = session.connection().execute(query).all()
    return sorted(rows, key=lambda row: (by_name(row.name), row.code))


def _branches(session: Session, rows: Iterable[Any]) -> dict[UUID, Branch]:
    query = (
        sa.select(col(Unit.parent_id), sa.func.count().label("parts"))
        .where(col(Unit.active))
        .group_by(col(Unit.parent_id))
    )
    counted = session.connection().execute(query)
    counts: dict[UUID | None, int] = {row.parent_id: row.parts for row in counted}
    return {
        row.id: Branch(row.code, row.name, row.headcount.get("", 0), counts.get(row.id, 0))
        for row in rows
    }
