"""The organisation as it stands, as plain values to compare a roster with."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from dialog.core.levels import Level
from dialog.organisation.comparing import KnownPerson, KnownUnit, Snapshot
from dialog.organisation.models import Post, Unit
from dialog.people.models import Person
from dialog.storage.bulk import table_of


def snapshot(session: Session) -> Snapshot:
    """Everything, closed units and people who left included, in three statements."""
    units = _units(session)
    codes = {unit.id: code for code, unit in units.items()}
    post, person = table_of(Post), table_of(Person)
    run = session.connection().execute
    posts: dict[UUID, list[tuple[str, Level]]] = {}
    for person_id, unit_id, level in run(sa.select(post.c.person_id, post.c.unit_id, post.c.level)):
        posts.setdefault(person_id, []).append((codes[unit_id], level))
    columns = (person.c.id, person.c.email, person.c.name, person.c.active, person.c.in_roster)
    people = {
        email: KnownPerson(id_, name, active, in_roster, tuple(sorted(posts.get(id_, ()))))
        for id_, email, name, active, in_roster in run(sa.select(*columns))
    }
    return Snapshot(units, people)


def _units(session: Session) -> dict[str, KnownUnit]:
    unit = table_of(Unit)
    columns = (unit.c.id, unit.c.code, unit.c.name, unit.c.parent_id, unit.c.active)
    rows = session.connection().execute(sa.select(*columns)).all()
    codes = {row.id: row.code for row in rows}
    return {
        row.code: KnownUnit(row.id, row.name, codes.get(row.parent_id), row.active) for row in rows
    }
