"""Naming a programme and the university's people, by the addresses they sign in with."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from dialog.people.addresses import people_at
from dialog.surveys import programmes
from dialog.surveys.programme_models import Programme


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
    people = people_at(session, addresses=addresses)
    if programme is None:
        programme = programmes.create(session, by=by, name=name, principal=principal)
    programmes.change(
        session, programme=programme, by=by, name=name, principal=principal, people=people
    )
    return programme
