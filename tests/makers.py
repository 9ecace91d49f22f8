"""Plain functions that make rows for tests, and the fixed cast: one person for each role."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlmodel import Session

from dialog.core.levels import Level
from dialog.desk import Desk
from dialog.organisation.models import Post, Unit
from dialog.people.models import Person, Role, RoleGrant
from dialog.settings import Settings


def person(db: Session, name: str = "Anna Almgren", *roles: Role, email: str = "") -> Person:
    """A person with roles; invented names only."""
    made = Person(name=name, email=email or f"{name.lower().replace(' ', '.')}@example.org")
    db.add(made)
    db.flush()
    for role in roles:
        db.add(RoleGrant(person_id=made.id, role=role, granted_at=datetime.now(UTC)))
    db.commit()
    return made


def desk(db: Session, settings: Settings | None = None) -> Desk:
    """What a worker works with, at the same database."""
    return Desk(db.get_bind(), settings or db.info["settings"])  # type: ignore[arg-type]  # an engine


def unit(db: Session, code: str = "R", parent: Unit | None = None, name: str = "") -> Unit:
    made = Unit(
        code=code,
        name=name or code,
        parent_id=parent.id if parent else None,
        depth=parent.depth + 1 if parent else 0,
        path=f"{parent.path if parent else '/'}{code}/",
    )
    db.add(made)
    db.commit()
    return made


def post(db: Session, who: Person, where: Unit, level: Level = Level.STAFF) -> Post:
    made = Post(person_id=who.id, unit_id=where.id, level=level)
    db.add(made)
    db.commit()
    return made


def staff(db: Session, units: Mapping[str, Unit], numbers: Mapping[str, int]) -> None:
    """So many employees in each unit, by its code."""
    for code, number in numbers.items():
        people = [Person(name="Anställd", email=f"{code}-{at}@example.org") for at in range(number)]
        db.add_all(people)
        db.flush()
        db.add_all(Post(person_id=p.id, unit_id=units[code].id, level=Level.STAFF) for p in people)
    db.commit()


def administrator(db: Session) -> Person:
    return person(db, "Admin Adamsson", Role.ADMINISTRATOR)


def analyst(db: Session) -> Person:
    return person(db, "Analys Andersson", Role.ANALYST)


def approver(db: Session) -> Person:
    return person(db, "Data Dahl", Role.APPROVER)
