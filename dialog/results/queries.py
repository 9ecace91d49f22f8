"""What can be read of releases; nothing here knows a response."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.core.published import PublishedGroup
from dialog.organisation.ordering import by_name
from dialog.results import joined
from dialog.results.models import Release, ReleaseGroup
from dialog.results.rows import groups
from dialog.surveys.models import Round

PAGE: Final = 20
FOUND: Final = 30  # units that a search lists
PUBLIC_DEPTH: Final = 1  # public pages end at förvaltning
Sees = Callable[[str, int, Iterable[str]], bool]  # unit, depth, units above: see results.reach


def releases(session: Session, *, search: str = "", page: int = 1) -> tuple[list[Release], int]:
    """One page of releases, the latest first, and the number of pages. Those that were corrected
    are left out, what corrects them is there; so are those that are not for everybody.
    """
    rows = session.connection().execute(
        sa.select(col(Release.id), col(Release.title))
        .where(is_current(), is_for_everybody())
        .order_by(col(Release.released_at).desc(), col(Release.id))
    )
    found = [id_ for id_, title in rows if search.casefold() in title.casefold()]
    here = found[PAGE * (page - 1) : PAGE * page]
    shown = {one.id: one for one in session.exec(select(Release).where(col(Release.id).in_(here)))}
    return [shown[id_] for id_ in here], max(1, -(-len(found) // PAGE))


def is_current() -> sa.ColumnElement[bool]:
    """Whether a release stands uncorrected, for queries."""
    later = sa.orm.aliased(Release)
    return ~sa.exists().where(col(later.corrects_id) == col(Release.id))


def is_for_everybody() -> sa.ColumnElement[bool]:
    """Whether a release is listed, for queries: those of a standing plan are told of by the room
    that has it.
    """
    confined = sa.select(col(Round.id)).where(col(Round.standing_plan).is_not(None))
    return col(Release.round_id).not_in(confined)


def corrected_by(session: Session, *, release: Release) -> Release | None:
    """The release that corrects this one."""
    return session.exec(select(Release).where(col(Release.corrects_id) == release.id)).first()


def last(session: Session, *, round_id: UUID) -> Release | None:
    """The release of a round as it stands, after all corrections."""
    return session.exec(select(Release).where(Release.round_id == round_id, is_current())).first()


def release(session: Session, *, release_id: UUID) -> Release | None:
    return session.get(Release, release_id)


def top(session: Session, *, release_id: UUID) -> PublishedGroup:
    """The whole that the release is about."""
    return groups(session, release_id, col(ReleaseGroup.level) == "", most=1)[0]


def group(
    session: Session, *, release_id: UUID, unit: str, level: str = ""
) -> PublishedGroup | None:
    """A unit, at one level or at all; None if it is not among those that were declared."""
    found = groups(
        session, release_id, col(ReleaseGroup.unit) == unit, col(ReleaseGroup.level) == level
    )
    return found[0] if found else None


def line(session: Session, *, release_id: UUID, of: PublishedGroup) -> list[PublishedGroup]:
    """What lies above a unit, the whole first; all levels."""
    above: list[PublishedGroup] = []
    parent = of.parent
    while parent:
        found = group(session, release_id=release_id, unit=parent)
        if found is None:
            break
        above.insert(0, found)
        parent = found.parent
    return above


def shown_by_depth(session: Session, *, release: Release) -> list[tuple[int, int, int]]:
    """(depth, units that are published, all units) of a release, the whole first. Result groups
    are not counted among the units.
    """
    is_published = sa.case((col(ReleaseGroup.status) == "published", 1), else_=0)
    rows = session.connection().execute(
        sa.select(col(ReleaseGroup.depth), sa.func.sum(is_published), sa.func.count())
        .where(
            col(ReleaseGroup.release_id) == release.id,
            col(ReleaseGroup.level) == "",
            col(ReleaseGroup.unit).not_in(list(joined.groups_of(release))),
        )
        .group_by(col(ReleaseGroup.depth))
        .order_by(col(ReleaseGroup.depth))
    )
    return [(depth, int(shown), units) for depth, shown, units in rows]


def parts(session: Session, *, release_id: UUID, of: str) -> list[PublishedGroup]:
    """The units directly below a unit, by name."""
    found = groups(
        session, release_id, col(ReleaseGroup.parent) == of, col(ReleaseGroup.level) == ""
    )
    return sorted(found, key=lambda each: (by_name(each.name), each.unit))


def levels(session: Session, *, release_id: UUID, of: str) -> list[PublishedGroup]:
    """The unit's levels, in their fixed order; none below verksamhet."""
    return groups(session, release_id, col(ReleaseGroup.unit) == of, col(ReleaseGroup.level) != "")


def search_units(
    session: Session, *, release_id: UUID, search: str, sees: Sees
) -> list[tuple[str, str, str]]:
    """(code, name, name of the parent) of units whose name or code holds the words, the highest
    first; only those that the reader sees.
    """
    rows = session.connection().execute(
        sa.select(
            col(ReleaseGroup.unit),
            col(ReleaseGroup.unit_name),
            col(ReleaseGroup.parent),
            col(ReleaseGroup.depth),
        ).where(col(ReleaseGroup.release_id) == release_id, col(ReleaseGroup.level) == "")
    )
    units = {unit: (name, parent, depth) for unit, name, parent, depth in rows}
    # Compared here: SQLite knows no capital Å, Ä and Ö.
    words = search.casefold()
    found = [
        (depth, by_name(name), unit)
        for unit, (name, _parent, depth) in units.items()
        if (words in name.casefold() or words == unit.casefold())
        and sees(unit, depth, _above(unit, units))
    ]
    return [
        (unit, units[unit][0], units[units[unit][1]][0] if units[unit][1] else "")
        for _depth, _name, unit in sorted(found)[:FOUND]
    ]


def _above(unit: str, units: Mapping[str, tuple[str, str, int]]) -> Iterable[str]:
    parent = units[unit][1]
    while parent:
        yield parent
        parent = units[parent][1] if parent in units else ""
