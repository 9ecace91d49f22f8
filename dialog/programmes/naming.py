"""Naming a programme and the university's people, by the addresses they sign in with."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.people.models import Person
from dialog.surveys import programmes
from dialog.surveys.programme_models import Programme


class UnknownAddressError(RefusedError):
    """An address that is nobody's here."""


def save(
    session: Session,
    *,
    programme: Programme | None,
    by: UUID,
    name: str,
    principal: str,
    addresses: Sequence[str],
) -> Programme:
    """Write the programme down, a new one without `programme`. Raises RefusedError, and nothing is
    written, when an address is nobody's here.
    """
    people = _people(session, addresses)
    if programme is None:
        programme = programmes.create(session, by=by, name=name, principal=principal)
    programmes.change(
        session, programme=programme, by=by, name=name, principal=principal, people=people
    )
    return programme


def _people(session: Session, addresses: Sequence[str]) -> list[UUID]:
    wanted = list(dict.fromkeys(each.strip("<>,;").lower() for each in addresses))
    query = select(Person.email, Person.id).where(col(Person.email).in_(wanted), Person.active)
    found = dict(session.exec(query).all())
    unknown = [each for each in wanted if each not in found]
    if unknown:
        raise UnknownAddressError(
            _(
                "Ingen här har adressen %(address)s. Lägg till personen först, eller rätta"
                " adressen.",
                address=unknown[0],
            )
        )
    return list(found.values())
