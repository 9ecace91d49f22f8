"""Whose results a reader may see: public pages end at förvaltning, a unit's own result is for
that unit and its line.

Protection does not lean on this: what is published is safe even if everybody saw everything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialog.core.levels import Level
from dialog.core.published import PublishedGroup
from dialog.organisation.models import Post, Unit
from dialog.people.permissions import Actor, may
from dialog.results.queries import PUBLIC_DEPTH

LEADING = frozenset({Level.DIRECTOR, Level.MANAGER_3, Level.MANAGER_2, Level.MANAGER_1})


@dataclass(frozen=True)
class Reach:
    """Codes of units: those that the reader is `inside`, with all above them; and those that the
    reader `leads`, with all below them.
    """

    everything: bool = False
    inside: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()

    def with_groups(self, groups: Mapping[str, Iterable[str]]) -> "Reach":
        """The reach among the result groups of a release (code -> units): whoever is inside one
        of its units is inside the group.
        """
        mine = {code for code, units in groups.items() if not self.inside.isdisjoint(units)}
        return replace(self, inside=self.inside | mine) if mine else self

    def sees(self, unit: str, depth: int, above: Iterable[str]) -> bool:
        """Whether the result of a unit is for this reader; `above` are all units it lies in."""
        return (
            depth <= PUBLIC_DEPTH
            or self.everything
            or unit in self.inside
            or unit in self.leads
            or not self.leads.isdisjoint(above)
        )

    def sees_group(self, group: PublishedGroup, line: Iterable[PublishedGroup]) -> bool:
        return self.sees(group.unit, group.depth, (above.unit for above in line))


def of(session: Session, *, actor: Actor) -> Reach:
    """What the reader's roles and posts open. Posts are those of today's organisation."""
    if may(actor, "release.all"):
        return Reach(everything=True)
    if actor.person_id is None or not may(actor, "release.detail"):
        return Reach()
    return _of_posts(session, actor.person_id)


def _of_posts(session: Session, person_id: UUID) -> Reach:
    query = (
        sa.select(col(Unit.code), col(Unit.path), col(Post.level))
        .join(Post, col(Post.unit_id) == col(Unit.id))
        .where(col(Post.person_id) == person_id)
    )
    posts = session.connection().execute(query).all()
    return Reach(
        inside=frozenset(code for _code, path, _level in posts for code in path.split("/") if code),
        leads=frozenset(code for code, _path, level in posts if level in LEADING),
    )
