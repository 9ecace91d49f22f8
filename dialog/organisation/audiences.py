"""Who a round is for: units with all below them, levels, either, both, or everybody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col

from dialog.core.errors import WrongInputError
from dialog.core.levels import Level
from dialog.organisation import queries
from dialog.organisation.models import Post, Unit
from dialog.organisation.wording import level_name
from dialog.people.models import Person
from dialog.web.i18n import all_of


@dataclass(frozen=True)
class Audience:
    """Codes of units (each stands for its whole subtree) and levels; an empty one means all."""

    units: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()

    @property
    def everybody(self) -> bool:
        return not self.units and not self.levels

    def as_json(self) -> dict[str, list[str]]:
        """What `Round.audience` holds."""
        return {"units": list(self.units), "levels": [level.value for level in self.levels]}


def from_json(value: Mapping[str, Any]) -> Audience:
    """Read what `as_json` wrote; an empty mapping is everybody.

    Raises WrongInputError for a level that does not exist.
    """
    return make(value.get("units", ()), value.get("levels", ()))


def make(units: Iterable[str], levels: Iterable[str]) -> Audience:
    """An audience in its one form: codes sorted, levels from the top, nothing twice."""
    try:
        chosen = {Level(level) for level in levels}
    except ValueError:
        raise WrongInputError(
            _("Målgruppen har en nivå som inte finns. Välj om nivåerna.")
        ) from None
    return Audience(
        units=tuple(sorted(set(units))),
        levels=tuple(level for level in Level if level in chosen),
    )


def checked(session: Session, *, audience: Audience) -> Audience:
    """The same people said as shortly as can be: a unit below another chosen one is left out.

    Raises WrongInputError if a unit does not exist or is closed.
    """
    found = queries.units(session, codes=audience.units)
    missing = [code for code in audience.units if code not in found or not found[code].active]
    if missing:
        raise WrongInputError(
            _(
                "Målgruppen har enheter som inte finns i organisationen: %(codes)s. Välj om dem.",
                codes=", ".join(missing),
            )
        )
    kept = {
        code
        for code in audience.units
        if not set(found[code].path.strip("/").split("/")[:-1]) & set(audience.units)
    }
    return make(kept, audience.levels)


def people_in(session: Session, *, audience: Audience) -> list[tuple[UUID, UUID, Level]]:
    """(person id, unit id, level) of each active person of the audience, once.

    Of somebody with two posts inside the audience the one of the highest level counts, and of
    two such the first by unit code. The list is sorted by the random person id.
    """
    query = sa.select(
        col(Post.person_id), col(Post.unit_id), col(Post.level), col(Unit.code)
    ).select_from(_matching(audience))
    chosen: dict[UUID, tuple[tuple[int, str], UUID, Level]] = {}
    for person_id, unit_id, level, code in session.connection().execute(_where(query, audience)):
        rank = (queries.LEVEL_ORDER[level], code)
        if person_id not in chosen or rank < chosen[person_id][0]:
            chosen[person_id] = (rank, unit_id, level)
    return [(person, unit, level) for person, (_rank, unit, level) in sorted(chosen.items())]


def people_at(session: Session, *, audience: Audience) -> dict[tuple[str, str], int]:
    """How many of the audience there are at each (unit code, level), each person once: where
    `people_in` has them. Counted by the database, for pages that show it.
    """
    order = sa.case(queries.LEVEL_ORDER, value=col(Post.level))
    chosen = (
        _where(
            sa.select(
                col(Unit.code),
                col(Post.level).label("level"),
                sa.func.row_number()
                .over(partition_by=col(Post.person_id), order_by=(order, col(Unit.code)))
                .label("place"),
            ).select_from(_matching(audience)),
            audience,
        )
    ).subquery()
    query = (
        sa.select(chosen.c.code, chosen.c.level, sa.func.count())
        .where(chosen.c.place == 1)
        .group_by(chosen.c.code, chosen.c.level)
    )
    rows = session.connection().execute(query)
    return {(code, Level(level).value): int(number) for code, level, number in rows}


def count(session: Session, *, audience: Audience) -> int:
    """The number of active people in the audience."""
    query = sa.select(sa.func.count(sa.distinct(col(Post.person_id)))).select_from(
        _matching(audience)
    )
    return int(session.connection().execute(_where(query, audience)).scalar_one())


def units_in(session: Session, *, audience: Audience) -> list[queries.Node]:
    """The units of the audience with everything above them, in tree order: what a respondent
    may choose among, and the tree in which answers are coarsened.
    """
    found = queries.nodes(session)
    if not audience.units:
        return found
    starts = [node.path for node in found if node.code in audience.units]
    return [
        node
        for node in found
        if any(node.path.startswith(path) or path.startswith(node.path) for path in starts)
    ]


def describe(session: Session, *, audience: Audience) -> str:
    """The audience in words: "Regionhälsan och SÄS, nivåerna direktör och chef 3"."""
    if audience.everybody:
        return str(_("Alla i organisationen"))
    found = queries.units(session, codes=audience.units)
    places = [found[code].name if code in found else code for code in audience.units]
    levels = [level_name(level).lower() for level in audience.levels]
    if not places:
        return str(_("Hela organisationen, nivå: %(levels)s", levels=all_of(levels)))
    if not levels:
        return str(_("Alla i %(units)s", units=all_of(places)))
    return str(_("%(units)s, nivå: %(levels)s", units=all_of(places), levels=all_of(levels)))


def _matching(_audience: Audience) -> sa.FromClause:
    person = sa.inspect(Person).local_table
    post, unit = sa.inspect(Post).local_table, sa.inspect(Unit).local_table
    return post.join(person, post.c.person_id == person.c.id).join(
        unit, post.c.unit_id == unit.c.id
    )


def _where(query: sa.Select[*tuple[Any, ...]], audience: Audience) -> sa.Select[Any]:
    query = query.where(col(Person.active), col(Unit.active))
    if audience.levels:
        query = query.where(col(Post.level).in_(audience.levels))
    if audience.units:
        query = query.where(col(Post.unit_id).in_(queries.subtree_ids(audience.units)))
    return query
