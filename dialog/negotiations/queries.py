"""Reads of negotiations: matters of bodies, what happened in them, and what their rules are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.core.negotiating.ahead import Due
from dialog.core.negotiating.events import Taken
from dialog.core.negotiating.matters import OPEN, State
from dialog.core.negotiating.rules import Rules
from dialog.negotiations import agreeing, positions
from dialog.negotiations.models import MblMatter, MblStep
from dialog.negotiations.parties import Party
from dialog.negotiations.positions import Position
from dialog.storage.clock import today

PAGE: Final = 50
MATTER_ORDER: Final = (
    col(MblMatter.decision_on).is_(None), col(MblMatter.decision_on), col(MblMatter.title),
    col(MblMatter.id),
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """A matter with its rules, what is due in it, and whether a veto bars it."""

    matter: MblMatter
    rules: Rules
    dues: Sequence[Due]
    vetoed: bool


@dataclass(frozen=True)
class Page:
    found: list[Standing]
    page: int
    last: int


def page_of_matters(
    session: Session, *, body_id: UUID, open_: bool, keeps: bool, page: int
) -> Page:
    """Those of a body, by the day of the decision; what is being prepared, for who keeps it."""
    states = [each for each in State if (each in OPEN) is open_]
    if not keeps:
        states = [each for each in states if each is not State.PREPARED]
    where = (col(MblMatter.body_id) == body_id, col(MblMatter.state).in_(states))
    number = session.exec(select(sa.func.count(col(MblMatter.id))).where(*where)).one()
    last = max(1, -(-number // PAGE))
    page = min(max(1, page), last)
    query = select(MblMatter).where(*where).order_by(*MATTER_ORDER)
    rows = list(session.exec(query.offset((page - 1) * PAGE).limit(PAGE)))
    return Page(standings(session, matters_=rows), page, last)


def negotiable(session: Session, *, body_id: UUID) -> list[Standing]:
    """What can stand on an agenda: all that is open in a body and no secret of the employer's."""
    states = OPEN - {State.PREPARED}
    query = select(MblMatter).where(MblMatter.body_id == body_id, col(MblMatter.state).in_(states))
    return standings(session, matters_=session.exec(query.order_by(*MATTER_ORDER)).all())


def standings(session: Session, *, matters_: Sequence[MblMatter]) -> list[Standing]:
    """Where each stands today, in the order given."""
    taken = taken_in(session, matters=[each.id for each in matters_])
    agreements = agreeing.agreements_of(session, bodies={each.body_id for each in matters_})
    made = []
    for each in matters_:
        stands = positions.of(each, taken[each.id], agreements)
        over = each.state not in OPEN
        dues = () if over else stands.dues(today())
        made.append(Standing(each, stands.rules, dues, stands.vetoed and not over))
    return made


def position(session: Session, *, matter: MblMatter, party: Party | None = None) -> Position:
    """How a matter stands, read for a party or for nobody in particular."""
    agreements = agreeing.agreements_of(session, bodies=[matter.body_id])
    taken = taken_in(session, matters=[matter.id])[matter.id]
    stands = positions.of(matter, taken, agreements)
    if party is None:
        return stands
    return replace(stands, party=party.row.id, union=party.organisation is not None)


def taken_in(session: Session, *, matters: Collection[UUID]) -> Mapping[UUID, list[Taken]]:
    """What was done with each of them."""
    found: dict[UUID, list[Taken]] = {each: [] for each in matters}
    query = sa.select(
        col(MblStep.matter_id), col(MblStep.action), col(MblStep.day), col(MblStep.party_id)
    ).where(col(MblStep.matter_id).in_(list(matters)))
    for matter_id, action, day, of in session.connection().execute(query) if matters else ():
        found[matter_id].append(Taken(action, day, of))
    return found
