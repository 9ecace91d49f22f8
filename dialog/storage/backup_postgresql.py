"""Backup of PostgreSQL: every table by COPY, all as of one moment, and putting them back in one
transaction. Needs no program of PostgreSQL's, so no version of one has to fit the server's.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.storage.backup import Adjust
from dialog.storage.engine import make_engine
from dialog.storage.migrating import upgrade_within

TABLES = "tables"
CHUNK = 2**20
VERSION = "alembic_version"
_WAITS: Final = (0.05, 0.1, 0.2, 0.4, 0.8, 0)  # seconds


def copy_to(url: str, folder: Path) -> str:
    """Repeatable read: every table as it was when the first was asked for, while others write."""
    (folder / TABLES).mkdir()
    with _connected(url) as engine:
        reader = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        with reader.begin() as connection:
            revision = connection.execute(
                sa.text("SELECT version_num FROM alembic_version")
            ).scalar_one()
            for table in _tables(connection):
                columns = ", ".join(_columns(connection, table))
                with (folder / TABLES / f"{table}.copy").open("wb") as file:
                    _copy_out(connection, f'COPY "{table}" ({columns}) TO STDOUT', file)
    return str(revision)


def holds_rows(url: str) -> bool:
    with _connected(url) as engine, engine.begin() as connection:
        return any(
            connection.execute(sa.text(f'SELECT 1 FROM "{table}" LIMIT 1')).first()  # noqa: S608 - from its own schema
            for table in _tables(connection)
        )


def put_back(
    url: str, folder: Path, *, side: str, revision: str, adjust: Adjust, role: str | None
) -> None:
    """Build the tables as they were at `revision`, fill them, bring them up to date and adjust
    them; it is one transaction, so that until its end everybody sees the old database.
    """
    with _connected(url) as engine, engine.begin() as connection:
        _refuse_others(connection)
        for table in [*_tables(connection), VERSION]:
            connection.execute(sa.text(f'DROP TABLE IF EXISTS "{table}" CASCADE'))
        upgrade_within(side, connection, revision)
        _fill(connection, folder)
        upgrade_within(side, connection, "head", role=role)
        with Session(bind=connection, expire_on_commit=False) as session:
            adjust(session)
            session.flush()


def _fill(connection: Connection, folder: Path) -> None:
    """Tables in an order that foreign keys allow; within one that points at itself, they wait."""
    keys = connection.execute(
        sa.text(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
            " FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace"
        )
    ).all()
    for table, name, _definition in keys:
        connection.execute(sa.text(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'))
    for table in _tables(connection):
        columns = ", ".join(_columns(connection, table))
        _copy_in(
            connection, f'COPY "{table}" ({columns}) FROM STDIN', folder / TABLES / f"{table}.copy"
        )
    for table, name, definition in keys:
        connection.execute(sa.text(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}'))


def _refuse_others(connection: Connection) -> None:
    """Whoever has just hung up is there for another moment: asked again until they are gone."""
    for wait in _WAITS:
        if not _others(connection):
            return
        time.sleep(wait)
    raise RefusedError(
        "Somebody is connected to the database. Stop Dialog first; nothing was changed."
    )


def _others(connection: Connection) -> int:
    connection.execute(sa.text("SELECT pg_stat_clear_snapshot()"))  # or it tells the same again
    found: int = connection.execute(
        sa.text(
            # Whose sessions they are can be seen by every role; what kind they are, cannot. The
            # server's own have no user.
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND usesysid IS NOT NULL"
        )
    ).scalar_one()
    return found


@contextmanager
def _connected(url: str) -> Iterator[sa.Engine]:
    engine = make_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _tables(connection: Connection) -> list[str]:
    return sorted(set(sa.inspect(connection).get_table_names()) - {VERSION})


def _columns(connection: Connection, table: str) -> list[str]:
    """The columns that are written; what the database computes, it computes again."""
    columns: list[Any] = sa.inspect(connection).get_columns(table)
    return [f'"{column["name"]}"' for column in columns if "computed" not in column]


def _copy_out(connection: Connection, statement: str, file: Any) -> None:
    with _cursor(connection) as cursor, cursor.copy(statement) as copy:
        for part in copy:
            file.write(part)


def _copy_in(connection: Connection, statement: str, path: Path) -> None:
    with _cursor(connection) as cursor, cursor.copy(statement) as copy, path.open("rb") as file:
        while part := file.read(CHUNK):
            copy.write(part)


def _cursor(connection: Connection) -> Any:
    """Psycopg's own cursor: SQLAlchemy has no word for COPY."""
    driver: Any = connection.connection.driver_connection
    return driver.cursor()
