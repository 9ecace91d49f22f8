"""Reads of commitments: lists, numbers by standing, and what has happened to one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.commitments.models import (
    Commitment,
    CommitmentStep,
)
from dialog.core.commitments import UNDONE, Standing, State, Verdict, standing
from dialog.organisation.models import Unit
from dialog.people.models import sort_key
from dialog.storage.clock import today

PAGE: Final = 20
PUBLIC: Final = col(Commitment.accepted_at).is_not(None)


@dataclass(frozen=True)
class Listed:
    """A commitment in a list, and how it stands today (None: it was never accepted)."""

    commitment: Commitment
    forvaltning: str
    standing: Standing | None


@dataclass(frozen=True)
class Page:
    found: Sequence[Listed]
    page: int  # 1-based
    last: int
    total: int


@dataclass(frozen=True)
class Wanted:
    """What is asked for of the public list."""

    search: str = ""
    series: str = ""
    forvaltning: str = ""  # code
    standing: Standing | None = None


def standing_of(day: date) -> sa.ColumnElement[str]:
    """core.commitments.standing, in the words of the database."""
    state, verdict = col(Commitment.state), col(Commitment.verdict)
    closed = state == State.CLOSED
    kept = sa.or_(state == State.CONFIRMED, sa.and_(closed, verdict == Verdict.CONFIRMED))
    disputed = sa.or_(state == State.DISPUTED, sa.and_(closed, verdict == Verdict.DISPUTED))
    late = sa.and_(state.in_(UNDONE), col(Commitment.due) < day)
    return sa.case(
        (late, Standing.LATE.value),
        (kept, Standing.KEPT.value),
        (disputed, Standing.DISPUTED.value),
        (closed, Standing.UNANSWERED.value),
        (state == State.DONE, Standing.AWAITING.value),
        (state == State.DROPPED, Standing.DROPPED.value),
        else_=Standing.UNDER_WAY.value,
    )


def one(session: Session, *, commitment_id: UUID) -> Listed | None:
    found = listed(session, select(Commitment).where(Commitment.id == commitment_id))
    return found[0] if found else None


def public(session: Session, *, commitment_id: UUID) -> Listed | None:
    """One that everybody can see; None if there is none."""
    found = listed(session, select(Commitment).where(Commitment.id == commitment_id, PUBLIC))
    return found[0] if found else None


def public_page(session: Session, *, wanted: Wanted, page: int) -> Page:
    """What everybody can see, what changed last first."""
    query = select(Commitment).where(PUBLIC, *_matching(session, wanted))
    return _page(session, query, page, col(Commitment.changed_at).desc())


def _matching(session: Session, wanted: Wanted) -> list[Any]:
    found = _searched(session, wanted.search)
    if wanted.series:
        found.append(Commitment.series == wanted.series)
    if wanted.forvaltning:
        unit = sa.select(col(Unit.id)).where(col(Unit.code) == wanted.forvaltning)
        found.append(col(Commitment.forvaltning_id).in_(unit))
    if wanted.standing is not None:
        found.append(standing_of(today()) == wanted.standing.value)
    return found


def _searched(session: Session, search: str) -> list[Any]:
    """Every word stands somewhere in the text."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    place = sa.func.instr if sqlite else sa.func.strpos
    words = search.split()[:5]
    return [place(col(Commitment.search_key), sort_key(word)) > 0 for word in words]


def of_source(session: Session, *, kind: str, source_id: UUID) -> list[Listed]:
    """What was promised at one source (a meeting, minutes, an answer), in order of proposal, not
    only what is public: the room that asks shows it to its own people.
    """
    first = (
        sa.select(sa.func.min(col(CommitmentStep.at)))
        .where(col(CommitmentStep.commitment_id) == col(Commitment.id))
        .scalar_subquery()
    )
    query = select(Commitment).where(
        Commitment.source_kind == kind, Commitment.source_id == source_id
    )
    return listed(session, query.order_by(first, col(Commitment.id)))


def working_page(
    session: Session,
    *,
    states: Collection[State],
    late: bool,
    page: int,
    search: str = "",
    owner_id: UUID | None = None,
    by_owner: bool = False,
) -> Page:
    """For those who keep the list, or with `owner_id` one's own: by the day it is to be done, or
    first by the function that answers for it.
    """
    query = select(Commitment).where(col(Commitment.state).in_(states), *_searched(session, search))
    if late:
        query = query.where(PUBLIC, standing_of(today()) == Standing.LATE.value)
    if owner_id is not None:
        query = query.where(Commitment.owner_id == owner_id)
    order: list[Any] = [col(Commitment.due).asc().nulls_first()]
    if by_owner:
        order.insert(0, col(Commitment.owner_title))
    return _page(session, query, page, *order)


def latest(session: Session, *, forvaltningar: Collection[str], limit: int) -> list[Listed]:
    """What happened last that everybody can see; that of the förvaltningar (codes) first."""
    own = sa.select(col(Unit.id)).where(col(Unit.code).in_(forvaltningar))
    order = (
        sa.case((col(Commitment.forvaltning_id).in_(own), 0), else_=1),
        col(Commitment.changed_at).desc(),
    )
    rows = session.exec(select(Commitment).where(PUBLIC).order_by(*order).limit(limit)).all()
    day = today()
    return [Listed(each, "", stands(each, day)) for each in rows]


def _page(session: Session, query: Any, page: int, *order: Any) -> Page:
    total = session.exec(select(sa.func.count()).select_from(query.subquery())).one()
    last = max(1, -(-total // PAGE))
    page = min(max(page, 1), last)
    shown = query.order_by(*order, col(Commitment.id)).offset((page - 1) * PAGE).limit(PAGE)
    return Page(listed(session, shown), page, last, total)


def listed(session: Session, query: Any) -> list[Listed]:
    rows: Sequence[Commitment] = session.exec(query).all()
    wanted = {each.forvaltning_id for each in rows}
    names: dict[UUID | None, str] = dict(
        session.exec(select(Unit.id, Unit.name).where(col(Unit.id).in_(wanted))).all()
        if wanted != {None}
        else ()
    )
    day = today()
    return [Listed(each, names.get(each.forvaltning_id, ""), stands(each, day)) for each in rows]


def stands(commitment: Commitment, day: date) -> Standing | None:
    if commitment.accepted_at is None:
        return None
    return standing(commitment.state, commitment.verdict, commitment.due, day)
