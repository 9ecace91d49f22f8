"""The matters that are somebody's, as who they are now: what stands on their front page."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.core.negotiating.matters import OPEN, State
from dialog.negotiations import queries
from dialog.negotiations.models import MblMatter, MblParty
from dialog.negotiations.queries import Standing
from dialog.people.models import Role
from dialog.people.permissions import Actor, may
from dialog.unions import queries as unions
from dialog.unions.models import UnionBody


def mine(session: Session, *, actor: Actor, limit: int) -> list[Standing]:
    """Open matters, by the day of the decision: for who acts under a mandate those to which their
    organisation is a party, else those of bodies of which they are secretary or, for the employer's
    negotiators, all.
    """
    if actor.acting_in is not None:
        parties = sa.select(col(MblParty.matter_id)).where(
            col(MblParty.organisation_id) == actor.acting_for
        )
        of = sa.and_(col(MblMatter.body_id) == actor.acting_in, col(MblMatter.id).in_(parties))
        states = OPEN - {State.PREPARED}
    else:
        bodies = sa.select(col(UnionBody.id))
        if Role.NEGOTIATOR not in actor.roles:
            bodies = bodies.where(col(UnionBody.secretary_id) == actor.person_id)
        of, states = col(MblMatter.body_id).in_(bodies), OPEN
    query = select(MblMatter).where(of, col(MblMatter.state).in_(states))
    found = session.exec(query.order_by(*queries.MATTER_ORDER).limit(limit)).all()
    return queries.standings(session, matters_=found)


def not_now(session: Session, *, actor: Actor, among: Collection[UUID]) -> frozenset[UUID]:
    """Those of the matters that somebody does not see as who they are now."""
    query = (
        select(MblMatter.id, UnionBody)
        .join(UnionBody, col(UnionBody.id) == col(MblMatter.body_id))
        .where(col(MblMatter.id).in_(list(among)))
    )
    return frozenset(
        matter_id
        for matter_id, body in session.exec(query)
        if not may(actor, "matter.see", unions.in_body(body))
    )
