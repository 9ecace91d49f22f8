"""Rounds whose answers are opened and whose result is not published: for those who publish."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.surveys.models import Response, Round, RoundState
from dialog.surveys.rounds.steps import is_under_embargo


def rounds(session: Session) -> list[Round]:
    """Those that may be published by hand, by title."""
    query = select(Round).where(
        col(Round.state) == RoundState.OPENED, col(Round.standing_plan).is_(None)
    )
    opened = session.exec(query.order_by(col(Round.title)))
    return [round_ for round_ in opened if not is_under_embargo(round_)]


def answers(session: Session, *, round_id: UUID) -> int:
    """How many answers were opened: a number that is at least k."""
    query = sa.select(sa.func.count()).where(col(Response.round_id) == round_id)
    return session.connection().scalar(query) or 0
