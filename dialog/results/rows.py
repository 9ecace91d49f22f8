"""The release's rows as published groups: from here on nobody needs the database."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialog.core import published
from dialog.core.published import PublishedGroup
from dialog.results.models import ReleaseGroup

_COLUMNS = (
    col(ReleaseGroup.unit),
    col(ReleaseGroup.unit_name),
    col(ReleaseGroup.parent),
    col(ReleaseGroup.depth),
    col(ReleaseGroup.level),
    col(ReleaseGroup.cells),
)


def groups(session: Session, release_id: UUID, *where: Any, most: int = 0) -> list[PublishedGroup]:
    """The groups of a release in the tree's order; `where` narrows, `most` limits their number."""
    return list(each_group(session, release_id, *where, most=most))


def each_group(
    session: Session, release_id: UUID, *where: Any, most: int = 0
) -> Iterator[PublishedGroup]:
    """The same one after another, for files that would be large in memory."""
    query = sa.select(*_COLUMNS).where(col(ReleaseGroup.release_id) == release_id, *where)
    query = query.order_by(col(ReleaseGroup.position))
    if most:
        query = query.limit(most)
    for unit, name, parent, depth, level, cells in session.connection().execute(
        query.execution_options(yield_per=500)
    ):
        yield published.load(cells, unit=unit, name=name, parent=parent, depth=depth, level=level)


def as_row(group: PublishedGroup, *, release_id: UUID, position: int) -> dict[str, Any]:
    return {
        "release_id": release_id,
        "position": position,
        "unit": group.unit,
        "unit_name": group.name,
        "parent": group.parent,
        "depth": group.depth,
        "level": group.level,
        "status": "protected" if group.protected else "published",
        "cells": published.dump(group),
    }
