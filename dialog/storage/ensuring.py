"""Ensuring that a row is there, however many would be the first to write it."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from dialog.storage.rows import Row


def ensure(session: Session, table: type[Row], **values: Any) -> None:
    """Insert a row unless there is one with its key, which stays as it is. Every column without a
    default of the server's must be given.
    """
    insert = inserting(session.get_bind().dialect.name, table)
    session.connection().execute(insert.values(**values).on_conflict_do_nothing())


def inserting(dialect: str, table: Any) -> Any:
    """An INSERT that can say what to do about a row that is there: each database has its own."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
