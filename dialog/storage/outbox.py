"""What is to be done later: rows that a worker leases, does and marks as done, at least once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, Session, col, select

from dialog.storage.clock import now
from dialog.storage.rows import Row, primary_key

LEASE = timedelta(minutes=10)
GIVE_UP_AFTER = 8


class OutboxRow(Row, table=True):
    """One duty. `payload` holds identifiers and numbers only: no secret, no address, no text."""

    __tablename__ = "outbox"

    id: UUID = primary_key()
    kind: str = Field(max_length=60, index=True)
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    key: str = Field(max_length=200, unique=True)
    not_before: datetime = Field(default_factory=now, index=True)
    attempts: int = 0
    leased_until: datetime | None = None
    done_at: datetime | None = None
    failed: bool = False
    problem: str = Field(default="", max_length=500)


def put(
    session: Session,
    *,
    kind: str,
    key: str,
    payload: Mapping[str, Any] | None = None,
    not_before: datetime | None = None,
) -> bool:
    """Ask for a duty once: the same `key` again changes nothing. True if it was new."""
    if is_known(session, key=key):
        return False
    session.add(
        OutboxRow(kind=kind, key=key, payload=dict(payload or {}), not_before=not_before or now())
    )
    session.flush()
    return True


def put_again(session: Session, *, kind: str, key: str, payload: Mapping[str, Any]) -> bool:
    """Ask for a duty, once more where it had failed or was done, as if it had never been asked.
    False if it is waiting or in hand: nothing is changed then.
    """
    if put(session, kind=kind, key=key, payload=payload):
        return True
    row = session.exec(select(OutboxRow).where(OutboxRow.key == key).with_for_update()).one()
    if not row.failed and row.done_at is None:
        return False
    row.payload, row.not_before, row.attempts = dict(payload), now(), 0
    row.leased_until, row.done_at, row.failed, row.problem = None, None, False, ""
    session.add(row)
    session.flush()
    return True


def is_known(session: Session, *, key: str) -> bool:
    """Whether a duty was asked for by this key, done or not."""
    return session.exec(select(OutboxRow.id).where(OutboxRow.key == key)).first() is not None


def lease(session: Session, *, limit: int = 20, kinds: tuple[str, ...] = ()) -> list[OutboxRow]:
    """Take up to `limit` duties that are due; they are ours until the lease runs out."""
    moment = now()
    query = (
        select(OutboxRow)
        .where(*_due(moment))
        .order_by(col(OutboxRow.not_before))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    if kinds:
        query = query.where(col(OutboxRow.kind).in_(kinds))
    rows = list(session.exec(query))
    for row in rows:
        row.leased_until = moment + LEASE
        row.attempts += 1
    return rows


def is_waiting(session: Session, *, kinds: tuple[str, ...]) -> bool:
    """Whether such a duty is due: asked before `lease`, because asking takes no lock."""
    query = select(OutboxRow.id).where(*_due(now()), col(OutboxRow.kind).in_(kinds)).limit(1)
    return session.exec(query).first() is not None


def renew(session: Session, *, row_id: UUID, until: datetime | None) -> datetime | None:
    """Prolong the lease that ran `until`; the new end, or None if the duty is no longer ours."""
    longer = now() + LEASE
    changed = session.connection().execute(
        sa.update(OutboxRow)
        .where(
            col(OutboxRow.id) == row_id,
            col(OutboxRow.done_at).is_(None),
            col(OutboxRow.leased_until) == until,
        )
        .values(leased_until=longer)
    )
    return longer if changed.rowcount else None


def forget_done(session: Session, *, before: datetime) -> int:
    """Remove duties that were done before a moment; the number of them."""
    gone = session.connection().execute(sa.delete(OutboxRow).where(col(OutboxRow.done_at) < before))
    return gone.rowcount


def _due(moment: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        col(OutboxRow.done_at).is_(None),
        col(OutboxRow.failed).is_(False),
        col(OutboxRow.not_before) <= moment,
        sa.or_(col(OutboxRow.leased_until).is_(None), col(OutboxRow.leased_until) < moment),
    )


def done(row: OutboxRow) -> None:
    row.done_at, row.leased_until, row.problem = now(), None, ""


def postpone(row: OutboxRow, *, until: datetime) -> None:
    """Not now, and nobody's fault: it does not count as a try."""
    row.not_before, row.leased_until = until, None
    row.attempts -= 1


def failed(row: OutboxRow, problem: str) -> None:
    """Try again later, later each time; after GIVE_UP_AFTER tries it stays for a person to see.
    `problem` is the name of what went wrong, never a message that could hold an address.
    """
    row.problem, row.leased_until = problem[:500], None
    row.not_before = now() + timedelta(seconds=min(3600, 5 * 2**row.attempts))
    row.failed = row.attempts >= GIVE_UP_AFTER
