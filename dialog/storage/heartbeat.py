"""A sign of life that a process leaves in the database, for /health to look at."""

from datetime import datetime, timedelta

from sqlmodel import Field, Session

from dialog.storage.clock import now
from dialog.storage.privileges import may
from dialog.storage.rows import Row

EVERY = timedelta(seconds=30)


class Heartbeat(Row, table=True):
    """When a process of this name was last at work."""

    __tablename__ = "heartbeat"
    __table_args__ = may("SELECT", "INSERT", "UPDATE")

    name: str = Field(max_length=40, primary_key=True)
    at: datetime


def beat(session: Session, *, name: str) -> None:
    session.merge(Heartbeat(name=name, at=now()))


def last(session: Session, *, name: str) -> datetime | None:
    """When it was last seen; None if never."""
    row = session.get(Heartbeat, name)
    return row.at if row else None
