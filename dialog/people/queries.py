"""What is asked about people: lists with search and pages, one person, and numbers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.people.models import Account, Person, Role, RoleGrant, sort_key

PAGE_SIZE: Final = 50
NAME_KEY: Final = Person.__table__.c.name_key  # type: ignore[attr-defined]  # added by SQLAlchemy


@dataclass(frozen=True)
class Listed:
    """One line of the list."""

    id: UUID
    name: str
    email: str
    active: bool
    closed: bool
    can_sign_in: bool
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class Page:
    """A page of the list: which it is (from 1), of how many, and how many people there are."""

    people: tuple[Listed, ...]
    number: int
    last: int
    total: int


def with_role(session: Session, role: Role) -> list[Person]:
    """Those who hold a role and can sign in, by name."""
    query = (
        select(Person)
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .join(Account, col(Account.person_id) == col(Person.id), isouter=True)
        .where(RoleGrant.role == role, col(Person.active), col(Account.closed).is_not(True))
    )
    return sorted(session.exec(query), key=lambda each: (each.name.casefold(), each.email))


def people_page(
    session: Session, *, search: str = "", role: Role | None = None, number: int = 1
) -> Page:
    """People by name, `PAGE_SIZE` at a time, in three statements however many there are."""
    wanted = _wanted(session, search, role)
    total = session.exec(select(sa.func.count()).select_from(Person).where(*wanted)).one()
    last = max(1, -(-total // PAGE_SIZE))
    number = min(max(number, 1), last)
    shown = (
        sa.select(col(Person.id))
        .where(*wanted)
        .order_by(NAME_KEY, col(Person.email))
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    rows = session.exec(
        select(Person, Account)
        .join(Account, col(Account.person_id) == col(Person.id), isouter=True)
        .where(col(Person.id).in_(shown))
        .order_by(NAME_KEY, col(Person.email))
    ).all()
    roles = roles_of_many(session, person_ids=[person.id for person, _account in rows])
    people = tuple(
        Listed(
            id=person.id,
            name=person.name,
            email=person.email,
            active=person.active,
            closed=bool(account and account.closed),
            can_sign_in=bool(account and account.password_hash),
            roles=roles.get(person.id, ()),
        )
        for person, account in rows
    )
    return Page(people=people, number=number, last=last, total=total)


def _wanted(session: Session, search: str, role: Role | None) -> list[Any]:
    """Every word stands somewhere in the name or the address. LIKE takes twice the time."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    place = sa.func.instr if sqlite else sa.func.strpos
    wanted: list[Any] = [
        sa.or_(place(NAME_KEY, sort_key(word)) > 0, place(col(Person.email), word.lower()) > 0)
        for word in search.split()[:5]
    ]
    if role:
        wanted.append(col(Person.id).in_(select(RoleGrant.person_id).where(RoleGrant.role == role)))
    return wanted


def roles_of_many(
    session: Session, *, person_ids: Collection[UUID]
) -> dict[UUID, tuple[Role, ...]]:
    found: dict[UUID, tuple[Role, ...]] = {}
    grants = session.exec(
        select(RoleGrant.person_id, RoleGrant.role)
        .where(col(RoleGrant.person_id).in_(person_ids))
        .order_by(col(RoleGrant.role))
    )
    for person_id, role in grants:
        found[person_id] = (*found.get(person_id, ()), Role(role))
    return found


def grants_of(session: Session, *, person_id: UUID) -> Sequence[tuple[RoleGrant, str | None]]:
    """The person's roles, each with the name of who gave it (None: on the server)."""
    giver = sa.orm.aliased(Person)
    return session.exec(
        select(RoleGrant, giver.name)
        .join(giver, col(giver.id) == col(RoleGrant.granted_by), isouter=True)
        .where(RoleGrant.person_id == person_id)
        .order_by(col(RoleGrant.role))
    ).all()


def person_by_email(session: Session, *, email: str) -> Person | None:
    return session.exec(select(Person).where(Person.email == email.strip().lower())).first()


def may_get_link(session: Session, *, email: str) -> Person | None:
    """The person with this address, if they may choose a password by a link."""
    return session.exec(
        select(Person)
        .join(Account, col(Account.person_id) == col(Person.id), isouter=True)
        .where(
            Person.email == email.strip().lower(),
            Person.active,
            sa.func.coalesce(Account.closed, sa.false()).is_(False),
        )
    ).first()


def count_people(session: Session) -> tuple[int, int]:
    """How many active people there are, and how many of them have chosen a password."""
    return session.exec(
        select(
            sa.func.count(),
            sa.func.coalesce(
                sa.func.sum(sa.case((col(Account.password_hash) != "", 1), else_=0)), 0
            ),
        )
        .select_from(Person)
        .join(Account, col(Account.person_id) == col(Person.id), isouter=True)
        .where(Person.active)
    ).one()


def account_of(session: Session, *, person_id: UUID) -> Account | None:
    return session.get(Account, person_id)
