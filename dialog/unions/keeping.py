"""Organisations and bodies, as the employer's negotiators keep them."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.people.addresses import people_at
from dialog.unions.models import BodyKind, UnionBody, UnionOrganisation


@dataclass(frozen=True)
class Body:
    """What is said of a body; `secretary` is an e-mail address."""

    name: str
    kind: BodyKind
    unit_id: UUID
    secretary: str
    keep_months: int | None = None
    keep_decision: str = ""


def save_organisation(
    session: Session, *, organisation: UnionOrganisation | None, name: str, short_name: str
) -> UnionOrganisation:
    """Add one, or give it another name. Raises RefusedError for a name that another has."""
    saved = organisation or UnionOrganisation(name=name)
    saved.name, saved.short_name = name.strip(), short_name.strip()
    _keep(session, saved, _("Det finns redan en organisation som heter så."))
    return saved


def save_body(session: Session, *, body: UnionBody | None, said: Body) -> UnionBody:
    """Add one, or change it. Raises RefusedError for a name that another has, and
    UnknownAddressError for an address that is nobody's.
    """
    secretary: UUID = people_at(session, addresses=[said.secretary.strip()])[0]
    saved = body or UnionBody(
        name=said.name, kind=said.kind, unit_id=said.unit_id, secretary_id=secretary
    )
    saved.name, saved.kind = said.name.strip(), said.kind
    saved.unit_id, saved.secretary_id = said.unit_id, secretary
    saved.keep_months, saved.keep_decision = said.keep_months, said.keep_decision.strip()
    _keep(session, saved, _("Det finns redan en grupp som heter så."))
    return saved


def _keep(session: Session, row: UnionOrganisation | UnionBody, taken: str) -> None:
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        raise RefusedError(taken) from None
