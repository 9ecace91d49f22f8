"""Removing what deleted rows leave behind in the database's files, as far as it can be done."""

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError, ProgrammingError

_LOCKED = "55P03"  # lock_not_available, PostgreSQL


class InUseError(Exception):
    """Somebody has a table, and waiting for it would keep all others from it."""


def scrub(engine: Engine, *tables: str) -> None:
    """After the commit of a deletion: SQLite has overwritten the rows (secure_delete) but its log
    still holds them until it is emptied; PostgreSQL keeps dead rows until a vacuum.

    Copies elsewhere (backups, archived logs) are the operator's to dispose of.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("ROLLBACK")  # our own listener has begun a transaction
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        else:
            for table in tables:
                quoted = engine.dialect.identifier_preparer.quote(table)
                connection.execute(sa.text(f"VACUUM {quoted}"))


def rewrite(engine: Engine, *tables: str) -> None:
    """Scrub, and on PostgreSQL write the tables anew in the order of their keys: a vacuum leaves in
    a page what lay there until something else does. Takes a moment in which nobody can read them,
    and waits no longer than a second for one: others wait behind. Raises InUseError.
    """
    if engine.dialect.name == "sqlite":
        scrub(engine)
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("SET lock_timeout = '1s'"))
        try:
            for table in tables:
                _rewrite(connection, table)
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", "") == _LOCKED:
                raise InUseError from error
            raise
        finally:
            connection.execute(sa.text("RESET lock_timeout"))  # it goes back to the pool


def _rewrite(connection: Connection, table: str) -> None:
    try:
        connection.execute(sa.text(f"CLUSTER {table} USING pk_{table}"))
    except ProgrammingError:  # before PostgreSQL 17 only the tables' owner may
        connection.execute(sa.text(f"VACUUM {table}"))
