"""The organisation as it was when a result was published, and as it is today."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from dialog.core.disclosure.joining import join
from dialog.organisation import audiences, queries
from dialog.organisation.queries import Node
from dialog.results import joined
from dialog.results.models import Release, ReleaseGroup
from dialog.surveys import result_groups
from dialog.surveys.models import Round


@dataclass(frozen=True)
class Tree:
    """Each unit's parent (None at the root), name and depth in the organisation, by code; and those
    of the result groups, which have no depth there.
    """

    parents: Mapping[str, str | None]
    names: Mapping[str, str]
    depths: Mapping[str, int]


@dataclass(frozen=True)
class Closed:
    """A unit of a result that is closed, and where its answers belong unless told: the nearest
    unit above it that is still there.
    """

    code: str
    name: str
    into: str


@dataclass(frozen=True)
class Since:
    """What has happened since a result was published: units closed, new under another unit,
    with another name, and opened.
    """

    closed: list[Closed]
    moved: list[Node]
    renamed: list[tuple[str, Node]]
    opened: list[Node]

    def __bool__(self) -> bool:
        return bool(self.closed or self.moved or self.renamed or self.opened)


def published(session: Session, *, release: Release) -> Tree:
    """The units of a release, and its result groups."""
    columns = (
        col(ReleaseGroup.unit),
        col(ReleaseGroup.unit_name),
        col(ReleaseGroup.parent),
        col(ReleaseGroup.depth),
    )  # no cells: there are thousands, and nothing of them is needed
    units = session.connection().execute(
        sa.select(*columns)
        .where(col(ReleaseGroup.release_id) == release.id, col(ReleaseGroup.level) == "")
        .order_by(col(ReleaseGroup.position))
    )
    parents, names, depths = {}, {}, {}
    for unit, name, parent, depth in units:
        parents[unit], names[unit], depths[unit] = parent or None, name, depth
    return Tree(parents, names, depths)


def today(session: Session, *, round_: Round, before: Tree, moved: Mapping[str, str]) -> Tree:
    """The units that the round's audience has today, those that were published and are still there,
    and those that the answers of closed ones belong to; with the round's result groups, which stay
    whatever happens to their units.
    """
    nodes = {node.code: node for node in queries.nodes(session)}
    audience = audiences.from_json(round_.audience)
    wanted = {node.code for node in audiences.units_in(session, audience=audience)}
    wanted |= {*before.parents, *moved.values()} & nodes.keys()
    kept = {code for one in wanted for code in nodes[one].path.strip("/").split("/")}
    units = {code: node for code, node in nodes.items() if code in kept}
    groups = result_groups.of(round_)
    return Tree(
        join({code: node.parent for code, node in units.items()}, groups),
        {code: node.name for code, node in units.items()}
        | {group.code: group.name for group in groups},
        {code: node.depth for code, node in units.items()},
    )


def since(session: Session, *, round_: Round, release: Release) -> Since:
    """The release's units against today's."""
    groups = {*joined.groups_of(release), *(each.code for each in result_groups.of(round_))}
    was = published(session, release=release)
    before = _without(was, groups)
    nodes = {node.code: node for node in queries.nodes(session)}
    now = _without(today(session, round_=round_, before=was, moved={}), groups)
    return Since(
        closed=[
            Closed(code, name, _above(code, before, nodes))
            for code, name in before.names.items()
            if code not in nodes
        ],
        moved=[
            nodes[code]
            for code, parent in before.parents.items()
            if code in nodes and nodes[code].parent != parent
        ],
        renamed=[
            (name, nodes[code])
            for code, name in before.names.items()
            if code in nodes and nodes[code].name != name
        ],
        opened=[nodes[code] for code in now.parents if code not in before.parents],
    )


def _without(tree: Tree, groups: Collection[str]) -> Tree:
    """The units alone, each below the unit that its result group is in."""

    def above(code: str | None) -> str | None:
        while code is not None and code in groups:
            code = tree.parents[code]
        return code

    return Tree(
        {code: above(up) for code, up in tree.parents.items() if code not in groups},
        {code: name for code, name in tree.names.items() if code not in groups},
        tree.depths,
    )


def _above(code: str, before: Tree, nodes: Mapping[str, Node]) -> str:
    at: str | None = code
    while at is not None and at not in nodes:
        at = before.parents.get(at)
    return at or next((node.code for node in nodes.values() if node.parent is None), "")
