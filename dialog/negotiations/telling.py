"""Telling parties that something is new in a matter: mail that is still to be sent, without a word
of what it is.
"""

from typing import Final

import sqlalchemy as sa
from sqlmodel import Session, col

from dialog.negotiations.models import MblMatter, MblParty
from dialog.negotiations.parties import Party
from dialog.storage import outbox
from dialog.storage.clock import today
from dialog.unions import queries as unions
from dialog.unions.models import Mandate, UnionBody

KIND: Final = "mail.negotiation"


def tell(session: Session, *, matter: MblMatter, of: Party | None, occasion: str) -> None:
    """Everybody who represents a party, but for that whose doing it is (`of`; None: the
    employer's), and of what an organisation does the body's secretary too. The same occasion again
    tells nothing.
    """
    employers = of is None or of.organisation is None
    organisations = sa.select(col(MblParty.organisation_id)).where(
        col(MblParty.matter_id) == matter.id,
        col(MblParty.organisation_id).is_not(None),
        col(MblParty.id) != of.row.id if of else sa.true(),
    )
    query = sa.select(col(Mandate.person_id)).where(
        col(Mandate.body_id) == matter.body_id,
        col(Mandate.organisation_id).in_(organisations),
        unions.is_in_force(today()),
    )
    people = set(session.connection().execute(query).scalars())
    if not employers:
        people.add(session.get_one(UnionBody, matter.body_id).secretary_id)
    for person in sorted(people):
        outbox.put(
            session,
            kind=KIND,
            key=f"{KIND}:{occasion}:{person}",
            payload={"matter": str(matter.id), "person": str(person)},
        )
