"""Rounds whose answers are opened and whose result is not published: for those who publish."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.surveys.models import Response, Round, RoundState


def rounds(session: Session) -> list[Round]:
    """Those waiting to be published, by title."""
    query = select(Round).where(col(Round.state) == RoundState.OPENED)
    return list(session.exec(query.order_by(col(Round.title))))


def answers(session: Session, *, round_id: UUID) -> int:
    """How many answers were opened: a number that is at least k."""
    query = sa.select(sa.func.count()).where(col(Response.round_id) == round_id)
    return session.connection().scalar(query) or 0
