"""How many people there are in each unit and below it, kept on the unit: pages count nothing."""

from collections import defaultdict
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialog.organisation.models import Post, Unit
from dialog.people.models import Person
from dialog.storage import bulk


def recount(session: Session) -> None:
    """Write `Unit.headcount` of every active unit: active people in it and its parts, by level
    and in all (""). Somebody with two posts below a unit counts once there. Call it when posts
    have been written by other means than an import.
    """
    run = session.connection().execute
    rows = run(sa.select(col(Unit.id), col(Unit.parent_id)).where(col(Unit.active)))
    parents: dict[UUID, UUID | None] = {row.id: row.parent_id for row in rows}
    counts: dict[UUID, dict[str, int]] = {id_: defaultdict(int) for id_ in parents}
    posts = run(
        sa.select(col(Post.person_id), col(Post.unit_id), col(Post.level))
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(col(Person.active))
        .order_by(col(Post.person_id))
    )
    counted: set[tuple[UUID, str]] = set()  # of the person at hand
    current: UUID | None = None
    for person_id, start, level in posts:
        if person_id != current:
            counted.clear()
            current = person_id
        unit_id: UUID | None = start
        while unit_id is not None and unit_id in counts:
            for kind in (level.value, ""):
                if (unit_id, kind) not in counted:
                    counted.add((unit_id, kind))
                    counts[unit_id][kind] += 1
            unit_id = parents[unit_id]
    rows_to_write = [(id_, {"headcount": dict(count)}) for id_, count in counts.items()]
    bulk.update(session, bulk.table_of(Unit), rows_to_write)
