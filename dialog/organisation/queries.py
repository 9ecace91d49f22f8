"""Reads of the organisation: the tree, its parts, and who holds which post."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.core.levels import Level
from dialog.organisation.models import Post, Unit
from dialog.organisation.ordering import by_name
from dialog.people.models import Person

LEVEL_ORDER = {level: place for place, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class Node:
    """A unit as a plain value: what trees, choices and lists are made of."""

    id: UUID
    code: str
    name: str
    parent: str | None  # code
    depth: int
    path: str


def nodes(session: Session, *, with_closed: bool = False, deepest: int | None = None) -> list[Node]:
    """Units from the root down, each after its parent and beside its siblings by name: the order
    of a printed tree. `deepest` leaves out units further down.
    """
    query = sa.select(
        col(Unit.id),
        col(Unit.code),
        col(Unit.name),
        col(Unit.parent_id),
        col(Unit.depth),
        col(Unit.path),
    )  # fmt: skip - one line a column would be six
    if not with_closed:
        query = query.where(col(Unit.active))
    if deepest is not None:
        query = query.where(col(Unit.depth) <= deepest)
    rows = session.connection().execute(query).all()
    codes = {row.id: row.code for row in rows}
    found = [
        Node(row.id, row.code, row.name, codes.get(row.parent_id), row.depth, row.path)
        for row in rows
    ]
    return in_tree_order(found)


def in_tree_order(found: Iterable[Node]) -> list[Node]:
    """The same nodes, each followed by all of its parts; siblings by name, then code."""
    parts: dict[str | None, list[Node]] = {}
    known = {node.code: node for node in found}
    for node in known.values():
        parts.setdefault(node.parent if node.parent in known else None, []).append(node)
    for siblings in parts.values():
        siblings.sort(key=lambda node: (by_name(node.name), node.code), reverse=True)
    waiting = parts.get(None, [])
    ordered = []
    while waiting:
        node = waiting.pop()
        ordered.append(node)
        waiting.extend(parts.get(node.code, ()))
    return ordered


def tree(session: Session, *, with_closed: bool = False) -> dict[str, str | None]:
    """The code of each unit's parent by the unit's code; the root's is None."""
    return {node.code: node.parent for node in nodes(session, with_closed=with_closed)}


def codes_with(session: Session, *, part: str) -> set[str]:
    """The codes, of closed units too, in which `part` occurs."""
    query = select(Unit.code).where(col(Unit.code).contains(part, autoescape=True))
    return set(session.exec(query))


def units(session: Session, *, codes: Iterable[str] | None = None) -> dict[str, Unit]:
    """Rows by code, closed ones too: all of them, or those asked for that exist."""
    query = select(Unit)
    if codes is not None:
        query = query.where(col(Unit.code).in_(list(codes)))
    return {unit.code: unit for unit in session.exec(query)}


def unit(session: Session, *, code: str) -> Unit | None:
    return session.exec(select(Unit).where(Unit.code == code)).first()


def children(session: Session, *, of: Unit) -> list[Unit]:
    """The units right below `of`, by name."""
    found = session.exec(select(Unit).where(Unit.parent_id == of.id, col(Unit.active)))
    return sorted(found, key=lambda part: (by_name(part.name), part.code))


def line(session: Session, *, to: Unit) -> list[Unit]:
    """The units from the root to `to`, both included."""
    found = units(session, codes=to.path.strip("/").split("/"))
    return sorted(found.values(), key=lambda above: above.depth)


def subtree_ids(codes: Sequence[str]) -> sa.Select[*tuple[Any, ...]]:
    """A query for the ids of the units `codes` and of all below them that are active."""
    start = sa.select(col(Unit.id)).where(col(Unit.code).in_(codes), col(Unit.active))
    below = start.cte("below", recursive=True)
    part = sa.orm.aliased(Unit)
    return sa.select(
        below.union(
            sa.select(col(part.id)).where(col(part.parent_id) == below.c.id, col(part.active))
        ).c.id
    )


def subtree(session: Session, *, code: str) -> list[Node]:
    """The unit and everything below it, in tree order; empty if there is no such unit."""
    found = unit(session, code=code)
    if found is None:
        return []
    return [node for node in nodes(session) if node.path.startswith(found.path)]


def posts_of(session: Session, *, person_id: UUID) -> list[tuple[Unit, Level]]:
    """The person's posts in the order in which they count: highest level first, then by code."""
    found = session.exec(
        select(Unit, Post.level)
        .join(Post, col(Post.unit_id) == col(Unit.id))
        .where(Post.person_id == person_id)
    )
    held = [(unit, Level(level)) for unit, level in found]
    return sorted(held, key=lambda post: (LEVEL_ORDER[post[1]], post[0].code))


def people_of(session: Session, *, of: Unit, start: int, size: int) -> list[tuple[Person, Level]]:
    """Active people with a post right in `of`, by level and name: `size` of them from `start`."""
    order = sa.case(LEVEL_ORDER, value=col(Post.level))
    query = (
        select(Person, Post.level)
        .join(Post, col(Post.person_id) == col(Person.id))
        .where(Post.unit_id == of.id, col(Person.active))
        .order_by(order, col(Person.name), col(Person.id))
    )
    found = session.exec(query.offset(start).limit(size))
    return [(person, Level(level)) for person, level in found]


def number_of_posts(session: Session, *, of: Unit) -> int:
    """How many posts active people hold right in `of`."""
    query = (
        sa.select(sa.func.count())
        .select_from(Post)
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(col(Post.unit_id) == of.id, col(Person.active))
    )
    return int(session.connection().execute(query).scalar_one())
