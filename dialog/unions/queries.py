"""Reads of unions: organisations, bodies, and mandates with who holds them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.core.mandates import Standing, standing
from dialog.organisation.models import Unit
from dialog.people.models import Person
from dialog.people.permissions import InBody
from dialog.people.queries import NAME_KEY
from dialog.storage.clock import today
from dialog.unions.models import Mandate, MandateStep, UnionBody, UnionOrganisation

PAGE: Final = 50


@dataclass(frozen=True)
class Held:
    """A mandate as it is shown: with who holds it, for whom, in what."""

    mandate: Mandate
    person: Person
    organisation: UnionOrganisation
    body: UnionBody
    unit: Unit

    @property
    def standing(self) -> Standing:
        return standing(self.mandate.starts_on, self.mandate.ends_on, on=today())


@dataclass(frozen=True)
class Page:
    bodies: list[tuple[UnionBody, str]]  # with the name of its unit
    page: int
    last: int


def organisations(session: Session) -> list[UnionOrganisation]:
    return list(session.exec(select(UnionOrganisation).order_by(col(UnionOrganisation.name))))


def organisations_of(session: Session, *, body: UnionBody) -> list[UnionOrganisation]:
    """Those that have a mandate in the body now, or will have one, by name."""
    there = sa.select(col(Mandate.organisation_id)).where(
        col(Mandate.body_id) == body.id,
        sa.or_(col(Mandate.ends_on).is_(None), col(Mandate.ends_on) >= today()),
    )
    query = select(UnionOrganisation).where(col(UnionOrganisation.id).in_(there))
    return list(session.exec(query.order_by(col(UnionOrganisation.name))))


def bodies(session: Session, *, search: str = "", page: int = 1, of: UUID | None = None) -> Page:
    """Bodies by name, PAGE at a time; `of` somebody: of which they are secretary."""
    wanted = [col(UnionBody.name).icontains(word, autoescape=True) for word in search.split()[:5]]
    if of is not None:
        wanted.append(col(UnionBody.secretary_id) == of)
    total = session.exec(select(sa.func.count(col(UnionBody.id))).where(*wanted)).one()
    last = max(1, -(-total // PAGE))
    page = min(max(1, page), last)
    query = (
        select(UnionBody, Unit.name)
        .join(Unit, col(Unit.id) == col(UnionBody.unit_id))
        .where(*wanted)
        .order_by(col(UnionBody.name), col(UnionBody.id))
    )
    found = session.exec(query.offset((page - 1) * PAGE).limit(PAGE))
    return Page([(body, unit) for body, unit in found], page, last)


def kept_by(session: Session, *, person_id: UUID, all_: bool) -> list[UnionBody]:
    """The bodies that somebody keeps: all, or those of which they are secretary; by name."""
    query = select(UnionBody).order_by(col(UnionBody.name))
    return list(session.exec(query if all_ else query.where(UnionBody.secretary_id == person_id)))


def in_body(body: UnionBody) -> InBody:
    """What is to be known of a body to say who may see it."""
    return InBody(body.secretary_id, body.id)


def is_in_force(on: date) -> sa.ColumnElement[bool]:
    """What `core.mandates.standing` says, for the database."""
    return sa.and_(
        col(Mandate.starts_on) <= on,
        sa.or_(col(Mandate.ends_on).is_(None), col(Mandate.ends_on) >= on),
    )


def mandates_of(session: Session, *, body: UnionBody) -> list[Held]:
    """All that are kept of a body: by organisation and name, those who are no deputies first."""
    order = (col(UnionOrganisation.name), col(Mandate.deputy), NAME_KEY, col(Mandate.id))
    return _held(session, [col(Mandate.body_id) == body.id], order)


def of_person(session: Session, *, person_id: UUID) -> list[Held]:
    """All that are kept of somebody's mandates, by body, the latest first."""
    order = (col(UnionBody.name), col(Mandate.starts_on).desc(), col(Mandate.id))
    return _held(session, [col(Mandate.person_id) == person_id], order)


def held(session: Session, *, mandate_id: UUID) -> Held | None:
    return next(iter(_held(session, [col(Mandate.id) == mandate_id], ())), None)


def representatives(
    session: Session, *, bodies: Iterable[UUID], on: date
) -> list[tuple[UUID, UUID]]:
    """(body, person) of each mandate that is in force on the day."""
    query = sa.select(col(Mandate.body_id), col(Mandate.person_id)).where(
        col(Mandate.body_id).in_(list(bodies)), is_in_force(on)
    )
    rows = session.connection().execute(query.order_by(col(Mandate.body_id)))
    return [(body, person) for body, person in rows]


def lapsed(session: Session, *, body_id: UUID, on: date) -> frozenset[UUID]:
    """Who had a mandate in a body that has ended, and has none in force on the day."""
    of_body = select(Mandate.person_id).where(Mandate.body_id == body_id)
    ended = session.exec(of_body.where(col(Mandate.ends_on) < on)).all()
    in_force = session.exec(of_body.where(is_in_force(on))).all()
    return frozenset(ended) - frozenset(in_force)


def represents(session: Session, *, person_id: UUID, bodies: Iterable[UUID]) -> bool:
    """Whether somebody has a mandate in one of the bodies that is in force today."""
    query = select(Mandate.id).where(
        Mandate.person_id == person_id,
        col(Mandate.body_id).in_(list(bodies)),
        is_in_force(today()),
    )
    return session.exec(query.limit(1)).first() is not None


def speaks(session: Session, *, person_id: UUID, organisations: Collection[UUID] | None) -> bool:
    """Whether somebody represents one of the organisations today, in any body (None: any)."""
    query = select(Mandate.id).where(Mandate.person_id == person_id, is_in_force(today()))
    if organisations is not None:
        query = query.where(col(Mandate.organisation_id).in_(list(organisations)))
    return session.exec(query.limit(1)).first() is not None


def represented(session: Session) -> list[UnionOrganisation]:
    """The organisations that somebody represents today, by name."""
    spoken_for = sa.select(col(Mandate.organisation_id)).where(is_in_force(today()))
    query = select(UnionOrganisation).where(col(UnionOrganisation.id).in_(spoken_for))
    return list(session.exec(query.order_by(col(UnionOrganisation.name))))


def steps_of(session: Session, *, mandate_id: UUID) -> Sequence[tuple[MandateStep, str]]:
    """What was done with a mandate, the first first, each with the name of who did it."""
    query = (
        select(MandateStep, Person.name)
        .join(Person, col(Person.id) == col(MandateStep.by_id))
        .where(MandateStep.mandate_id == mandate_id)
        .order_by(col(MandateStep.at), col(MandateStep.id))
    )
    return session.exec(query).all()


def _held(
    session: Session,
    where: Sequence[sa.ColumnElement[bool]],
    order: Sequence[Any],
) -> list[Held]:
    query = (
        sa.select(Mandate, Person, UnionOrganisation, UnionBody, Unit)
        .join(Person, col(Person.id) == col(Mandate.person_id))
        .join(UnionOrganisation, col(UnionOrganisation.id) == col(Mandate.organisation_id))
        .join(UnionBody, col(UnionBody.id) == col(Mandate.body_id))
        .join(Unit, col(Unit.id) == col(Mandate.unit_id))
        .where(*where)
        .order_by(*order)
    )
    return [Held(*row) for row in session.execute(query)]
