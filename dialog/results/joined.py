"""The result groups of a release: units that are published together, and what is known of them."""

from collections.abc import Collection, Iterable

import sqlalchemy as sa
from sqlmodel import Session, col

from dialog.results.models import Release, ReleaseGroup


def groups_of(release: Release) -> dict[str, list[str]]:
    """Codes of the units of each group, by the group's code."""
    found: dict[str, list[str]] = release.rules.get("result_groups", {})
    return found


def alike(release: Release, other: Release, *, unit: str) -> bool:
    """Whether `unit` is in both releases the same: a unit, or a group of the same units."""
    here, there = (groups_of(each).get(unit, []) for each in (release, other))
    return sorted(here) == sorted(there)


def names(session: Session, *, release: Release, units: Collection[str]) -> list[str]:
    """What units were called in the release, in the order of their codes."""
    if not units:
        return []
    rows = session.connection().execute(
        sa.select(col(ReleaseGroup.unit_name))
        .where(*_whole(release, units))
        .order_by(col(ReleaseGroup.unit))
    )
    return [name for (name,) in rows]


def shown(session: Session, *, release: Release) -> tuple[int, int]:
    """How many groups have a result, and how many there are."""
    groups = groups_of(release)
    if not groups:
        return 0, 0
    rows = session.connection().execute(
        sa.select(col(ReleaseGroup.status)).where(*_whole(release, groups))
    )
    return sum(1 for (status,) in rows if status == "published"), len(groups)


def few_asked(session: Session, *, release: Release, unit: str) -> bool:
    """Whether fewer than k were asked in a unit, so that no figure of it was ever possible."""
    query = sa.select(col(ReleaseGroup.few_asked)).where(*_whole(release, [unit]))
    return bool(session.connection().scalar(query))


def _whole(release: Release, units: Iterable[str]) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        col(ReleaseGroup.release_id) == release.id,
        col(ReleaseGroup.unit).in_(list(units)),
        col(ReleaseGroup.level) == "",
    )
