"""Ensuring that a row is there, however many would be the first to write it."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from dialog.storage.rows import Row


def ensure(session: Session, table: type[Row], **values: Any) -> None:
    """Insert a row unless there is one with its key, which stays as it is. Every column without a
    default of the server's must be given.
    """
    sqlite_too = session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert(table) if sqlite_too else postgresql.insert(table)
    session.connection().execute(insert.values(**values).on_conflict_do_nothing())
