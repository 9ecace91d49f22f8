"""Making the organisation what a roster says, all of it or nothing."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.organisation.comparing import Changes, Kind, Snapshot, compare, fingerprint
from dialog.organisation.counting import recount
from dialog.organisation.models import Post, Unit
from dialog.organisation.roster import Roster
from dialog.organisation.snapshots import snapshot
from dialog.people.models import Account, Person, Role, RoleGrant, SignIn
from dialog.storage import bulk

UNIT, POST, PERSON = bulk.table_of(Unit), bulk.table_of(Post), bulk.table_of(Person)
SIGN_IN = bulk.table_of(SignIn)


def apply(session: Session, *, roster: Roster, expected: str | None = None) -> Changes:
    """Make the organisation what `roster` says and give what changed. The caller commits.

    `expected` is the fingerprint of what was compared with: RefusedError if it differs now.
    """
    _hold(session)
    known = snapshot(session)
    if expected is not None and expected != fingerprint(known):
        raise RefusedError(
            _(
                "Organisationen har ändrats sedan du såg förhandsvisningen. Läs in filerna igen,"
                " så får du se vad som ändras nu."
            )
        )
    changes = compare(known, roster)
    refuse_to_lose_administrators(session, changes=changes)
    if not changes:
        return changes
    try:
        ids = _write_units(session, known, roster)
        _write_people(session, known, roster, changes, ids)
    except IntegrityError:
        raise RefusedError(
            _("Någon lade till en person medan filerna lästes in. Inget har ändrats. Försök igen.")
        ) from None
    recount(session)
    return changes


def refuse_to_lose_administrators(session: Session, *, changes: Changes) -> None:
    """RefusedError if nobody could administer Dialog after `changes`."""
    administrators = set(
        session.exec(
            select(Person.email)
            .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
            .join(Account, col(Account.person_id) == col(Person.id))
            .where(
                RoleGrant.role == Role.ADMINISTRATOR,
                col(Person.active),
                col(Account.closed).is_(False),
            )
        )
    )
    left = {change.key for change in changes.by_kind[Kind.PERSON_LEFT]}
    if administrators and administrators <= left:
        raise RefusedError(
            _(
                "Efter importen skulle ingen administratör finnas kvar. Ta med en administratör i"
                " filen med personer, eller ge någon annan rollen först."
            )
        )


@dataclass(frozen=True)
class _Place:
    id: UUID
    parent_id: UUID | None
    depth: int
    path: str


def _hold(session: Session) -> None:
    """Two imports wait for each other; readers go on. SQLite holds since the transaction began."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("LOCK TABLE unit, post IN SHARE ROW EXCLUSIVE MODE"))


def _write_units(session: Session, known: Snapshot, roster: Roster) -> dict[str, UUID]:
    """Write the units and close those that are gone; the id of each by code."""
    places: dict[str, _Place] = {}
    new: list[dict[str, Any]] = []
    kept: list[tuple[UUID, dict[str, Any]]] = []
    for code, unit in roster.units.items():  # each after its parent
        above = places[unit.parent] if unit.parent is not None else None
        before = known.units.get(code)
        place = places[code] = _Place(
            before.id if before else uuid4(),
            above.id if above else None,
            above.depth + 1 if above else 0,
            f"{above.path if above else '/'}{code}/",
        )
        values = {
            "name": unit.name,
            "parent_id": place.parent_id,
            "depth": place.depth,
            "path": place.path,
            "active": True,
        }  # fmt: skip - the row in two lines
        if before is None:
            new.append({"id": place.id, "code": code, "headcount": {}, **values})
        else:
            kept.append((place.id, values))
    gone = [
        (unit.id, {"active": False, "headcount": {}})
        for code, unit in known.units.items()
        if unit.active and code not in roster.units
    ]
    bulk.insert(session, UNIT, new)
    bulk.update(session, UNIT, kept)
    bulk.update(session, UNIT, gone)
    return {code: place.id for code, place in places.items()}


def _write_people(
    session: Session, known: Snapshot, roster: Roster, changes: Changes, units: dict[str, UUID]
) -> None:
    blank = Person(email="", name="", in_roster=True).model_dump()
    new: list[dict[str, Any]] = []
    changed: list[tuple[UUID, dict[str, Any]]] = []
    moved: list[UUID] = []
    posts: list[dict[str, Any]] = []
    for email, line in roster.people.items():
        before = known.people.get(email)
        id_ = before.id if before else uuid4()
        if before is None:
            new.append({**blank, "id": id_, "email": email, "name": line.name})
        elif (before.name, before.active, before.in_roster) != (line.name, True, True):
            changed.append((id_, {"name": line.name, "active": True, "in_roster": True}))
        if before is None or before.posts != line.posts:
            if before is not None and before.posts:
                moved.append(id_)
            posts += (
                {"id": uuid4(), "person_id": id_, "unit_id": units[code], "level": level}
                for code, level in line.posts
            )
    left = [known.people[change.key].id for change in changes.by_kind[Kind.PERSON_LEFT]]
    bulk.insert(session, PERSON, new)
    bulk.update(session, PERSON, changed)
    bulk.update(session, PERSON, [(id_, {"active": False}) for id_ in left])
    bulk.delete(session, POST.c.person_id, [*moved, *left])
    bulk.delete(session, SIGN_IN.c.person_id, left)
    bulk.insert(session, POST, posts)
