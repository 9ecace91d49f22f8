"""The organisation as it was when a result was published, and as it is today."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col

from dialog.organisation import audiences, queries
from dialog.organisation.queries import Node
from dialog.results.models import Release, ReleaseGroup
from dialog.results.rows import each_group
from dialog.surveys.models import Round


@dataclass(frozen=True)
class Tree:
    """Each unit's parent (None at the root) and name, by code."""

    parents: Mapping[str, str | None]
    names: Mapping[str, str]


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
    """The units of a release."""
    units = list(each_group(session, release.id, col(ReleaseGroup.level) == ""))
    return Tree(
        {unit.unit: unit.parent or None for unit in units}, {unit.unit: unit.name for unit in units}
    )


def today(session: Session, *, round_: Round, release: Release, moved: Mapping[str, str]) -> Tree:
    """The units that the round's audience has today, those of the release that are still there,
    and those that the answers of closed ones belong to.
    """
    nodes = {node.code: node for node in queries.nodes(session)}
    audience = audiences.from_json(round_.audience)
    wanted = {node.code for node in audiences.units_in(session, audience=audience)}
    wanted |= {*published(session, release=release).parents, *moved.values()} & nodes.keys()
    kept = {code for one in wanted for code in nodes[one].path.strip("/").split("/")}
    return Tree(
        {code: node.parent for code, node in nodes.items() if code in kept},
        {code: node.name for code, node in nodes.items() if code in kept},
    )


def since(session: Session, *, round_: Round, release: Release) -> Since:
    """The release's units against today's."""
    before = published(session, release=release)
    nodes = {node.code: node for node in queries.nodes(session)}
    now = today(session, round_=round_, release=release, moved={})
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


def _above(code: str, before: Tree, nodes: Mapping[str, Node]) -> str:
    at: str | None = code
    while at is not None and at not in nodes:
        at = before.parents.get(at)
    return at or next((node.code for node in nodes.values() if node.parent is None), "")
