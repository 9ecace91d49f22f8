"""The units a round is about, also those closed since: where answers may be placed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from dialog.organisation.models import Unit

UNIT = sa.inspect(Unit).local_table


@dataclass(frozen=True)
class Tree:
    """Units by code: their ids, names, and the codes of their parents (None: a root)."""

    ids: Mapping[str, UUID]
    names: Mapping[str, str]
    parents: Mapping[str, str | None]

    def as_json(self) -> list[dict[str, str | None]]:
        """What the answering page offers, parents before children."""
        return [
            {"code": code, "name": name, "parent": self.parents[code]}
            for code, name in self.names.items()
        ]


def tree(
    session: Session, *, audience: Mapping[str, Any], active: bool = False, whole: bool = False
) -> Tree:
    """The units of `audience` (organisation.audiences) with all below and above them; of a `whole`
    the roots only.
    """
    query = sa.select(UNIT.c.id, UNIT.c.code, UNIT.c.name, UNIT.c.path).order_by(UNIT.c.path)
    if active:
        query = query.where(UNIT.c.active)
    if whole:
        query = query.where(UNIT.c.depth == 0)
    rows = session.connection().execute(query).all()
    starts = [row.path for row in rows if row.code in set(audience.get("units") or ())]
    if starts:
        above = {code for path in starts for code in path.strip("/").split("/")}
        within = tuple(starts)
        rows = [row for row in rows if row.code in above or row.path.startswith(within)]
    known = {row.code for row in rows}
    parents: dict[str, str | None] = {}
    for row in rows:
        above_it = row.path.strip("/").split("/")[:-1]
        parents[row.code] = next((code for code in reversed(above_it) if code in known), None)
    return Tree(
        ids={row.code: row.id for row in rows},
        names={row.code: row.name for row in rows},
        parents=parents,
    )
