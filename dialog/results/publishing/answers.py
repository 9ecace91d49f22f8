"""What a round's answers are tabulated from. Nothing but `material` and `recounting` read this."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialog.core.disclosure.joining import ResultGroup, join
from dialog.core.disclosure.policy import Place
from dialog.core.tabulation import Answered
from dialog.core.tree import Tree, make_tree
from dialog.organisation import audiences, queries
from dialog.organisation.queries import Node
from dialog.surveys import result_groups, result_tables
from dialog.surveys.models import Access, Invitation, Response, Round


@dataclass(frozen=True)
class Ground:
    """The tree that a release is made over, its units by code and by id, and the result groups
    that are in it.
    """

    tree: Tree
    places: dict[str, Place]
    codes: dict[UUID, str]
    groups: tuple[ResultGroup, ...] = ()


def ground(session: Session, *, round_: Round) -> Ground:
    """The units of the round's audience with all above them, and those closed since that hold
    answers. Which units there are does not depend on who answered, as far as they are still open.
    """
    nodes = {node.code: node for node in queries.nodes(session, with_closed=True)}
    audience = audiences.from_json(round_.audience)
    kept = {
        node.code
        for node in audiences.units_in(session, audience=audience)
        if node.depth == 0 or not result_tables.is_whole(round_.tables)
    }
    groups = result_groups.of(round_)
    for node in _held(session, round_=round_, nodes=nodes, groups=groups):
        kept.update(node.path.strip("/").split("/"))
    units = {code: node for code, node in nodes.items() if code in kept}
    asked = _invited(session, round_=round_, units=list(units.values()))
    tree = make_tree(join({node.code: node.parent for node in units.values()}, groups))
    places = {
        code: Place(node.name, asked.get(code, 0), node.depth) for code, node in units.items()
    }
    found = [group for group in groups if group.code in tree.position]
    for group in found:
        number = sum(asked.get(unit, 0) for unit in group.units)
        places[group.code] = Place(group.name, number)
    return Ground(tree, places, {node.id: node.code for node in units.values()}, tuple(found))


def _held(
    session: Session, *, round_: Round, nodes: Mapping[str, Node], groups: Iterable[ResultGroup]
) -> Iterator[Node]:
    """The units that answers stand in, or in whose result group."""
    query = sa.select(col(Response.unit_id), col(Response.result_group))
    query = query.where(col(Response.round_id) == round_.id).distinct()
    rows = session.connection().execute(query).all()
    units, codes = {unit for unit, _group in rows}, {group for _unit, group in rows}
    joined = {unit for group in groups if group.code in codes for unit in group.units}
    return (node for node in nodes.values() if node.id in units or node.code in joined)


def invited(session: Session, *, round_: Round) -> dict[UUID | None, int]:
    """How many were invited right in each unit; nobody where there were other ways in than
    personal invitations, for then nobody knows how many were asked.
    """
    if round_.access is not Access.INVITED:
        return {}
    rows = session.connection().execute(
        sa.select(col(Invitation.unit_id), sa.func.count())
        .where(col(Invitation.round_id) == round_.id)
        .group_by(col(Invitation.unit_id))
    )
    return {row[0]: int(row[1]) for row in rows}


def _invited(session: Session, *, round_: Round, units: list[Node]) -> dict[str, int]:
    """How many were invited in each unit and all below it."""
    own = invited(session, round_=round_)
    counts: dict[str, int] = {}
    for node in units:
        for code in node.path.strip("/").split("/"):
            counts[code] = counts.get(code, 0) + own.get(node.id, 0)
    return counts


def responses(session: Session, *, round_: Round, codes: dict[UUID, str]) -> Iterator[Answered]:
    """Each response as (code of its unit or result group, level, answers), a few at a time."""
    query = sa.select(
        col(Response.unit_id),
        col(Response.result_group),
        col(Response.level),
        col(Response.answers),
    ).where(col(Response.round_id) == round_.id)  # fmt: skip - one line a column would be four
    rows: Any = session.connection().execute(query.execution_options(yield_per=1000))
    for unit_id, group, level, answers in rows:
        yield group or codes.get(unit_id), level, json.loads(answers)
