"""How the whole is doing: for the administrator's front page and for /health."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from dialog.documents import queries as documents
from dialog.documents.models import ScanState
from dialog.organisation.models import Unit
from dialog.people.queries import count_people
from dialog.storage import heartbeat
from dialog.storage.clock import now
from dialog.storage.migrating import configuration
from dialog.storage.outbox import OutboxRow

WORKER: Final = "worker"
SILENT_AFTER: Final = timedelta(minutes=3)


@dataclass(frozen=True)
class Operation:
    """Numbers for an administrator: people, those with a password, units, and duties."""

    people: int
    with_password: int
    units: int
    failed: tuple[tuple[str, int], ...]  # kind of duty, how many of it were given up
    waiting: int  # due and not done
    worker_seen: datetime | None
    worker_silent: bool
    held_files: int  # until a virus scanner has seen them


def operation(session: Session) -> Operation:
    """Six statements, however much there is."""
    people, with_password = count_people(session)
    units = session.exec(select(sa.func.count()).select_from(Unit).where(Unit.active)).one()
    failed = session.exec(
        select(OutboxRow.kind, sa.func.count())
        .where(OutboxRow.failed, col(OutboxRow.done_at).is_(None))
        .group_by(col(OutboxRow.kind))
        .order_by(col(OutboxRow.kind))
    ).all()
    waiting = session.exec(
        select(sa.func.count())
        .select_from(OutboxRow)
        .where(
            col(OutboxRow.done_at).is_(None),
            col(OutboxRow.failed).is_(False),
            OutboxRow.not_before <= now(),
        )
    ).one()
    seen = heartbeat.last(session, name=WORKER)
    return Operation(
        people=people,
        with_password=with_password,
        units=units,
        failed=tuple((kind, number) for kind, number in failed),
        waiting=waiting,
        worker_seen=seen,
        worker_silent=seen is None or seen < now() - SILENT_AFTER,
        held_files=documents.counts(session).get(ScanState.WAITING, 0),
    )


def health(session: Session) -> dict[str, Any]:
    """What a monitor asks for: `ok` is that pages can be served; a silent worker delays mail and
    is said beside it. Names no person and no address.
    """
    try:
        at_head = _version(session) == _head()
        seen = heartbeat.last(session, name=WORKER)
    except SQLAlchemyError:
        return {"ok": False, "database": False, "migrations": False, "worker": None}
    return {
        "ok": at_head,
        "database": True,
        "migrations": at_head,
        "worker": {
            "seen": seen.isoformat(timespec="seconds") if seen else None,
            "at_work": seen is not None and seen > now() - SILENT_AFTER,
        },
    }


def _version(session: Session) -> str | None:
    """The migration the database stands at. Raises SQLAlchemyError if it was never migrated."""
    found = session.connection().execute(sa.text("SELECT version_num FROM alembic_version"))
    return found.scalar()


@cache
def _head() -> str | None:
    scripts = ScriptDirectory.from_config(configuration("staff", ""))
    return scripts.get_current_head()
