"""Disposal of ended mandates, when their body's decision of retention says so."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialog.core.retention import disposed_of_on
from dialog.desk import Desk
from dialog.storage.clock import today
from dialog.storage.scrubbing import scrub
from dialog.unions import mandating
from dialog.unions.models import Mandate, UnionBody

TABLES = ("acting", "mandate", "mandate_step", "notice_address")


def dispose_due(desk: Desk) -> None:
    """Delete each mandate whose months are over, and what was kept of it; done again it finds
    nothing.
    """
    with desk.reading() as session:
        due = _due(session)
    if not due:
        return
    with desk.writing() as session:
        for mandate_id in due:
            mandate = session.get(Mandate, mandate_id, with_for_update=True)
            if mandate is not None and mandate_id in _due(session):
                mandating.remove(session, mandate=mandate)
        session.commit()
    scrub(desk.engine, *TABLES)


def _due(session: Session) -> list[UUID]:
    rows = session.execute(
        sa.select(col(Mandate.id), col(Mandate.ends_on), col(UnionBody.keep_months))
        .join(UnionBody, col(UnionBody.id) == col(Mandate.body_id))
        .where(col(Mandate.ends_on) < today(), col(UnionBody.keep_months).is_not(None))
    )
    return [
        mandate_id
        for mandate_id, ended, months in rows
        if disposed_of_on(ended, months=months) <= today()
    ]
