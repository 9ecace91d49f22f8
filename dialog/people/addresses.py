"""The people behind e-mail addresses, as somebody writes them in a field: one to a line or word."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.people.models import Person


class UnknownAddressError(RefusedError):
    """An address that is nobody's here."""


def people_at(session: Session, *, addresses: Sequence[str]) -> list[UUID]:
    """The active people with these addresses, each once. Raises UnknownAddressError."""
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
