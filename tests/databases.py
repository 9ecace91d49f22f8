"""PostgreSQL as in production: two databases, each with a role that owns and a role that works."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from dialog.ballotbox.models import BoxRow
from dialog.databases import making
from dialog.databases.roles import Side, name
from dialog.storage import append_only, privileges
from dialog.storage import engine as storage_engine
from dialog.storage.engine import make_engine
from dialog.storage.rows import Row

STAFF = Side("staff", "dialog", "dialog_owner", "dialog_app")
BOX = Side("box", "valurna", "valurna_owner", "valurna_app")


def quiet(_line: str) -> None:
    """Tells nobody."""


def address(server: str, side: Side, role: str) -> str:
    """The address of the side's database as `role`, at the server of an administrator's address."""
    url = sa.make_url(server).set(database=side.database, username=role)
    return url.render_as_string(hide_password=False)


def drop(server: str, *sides: Side) -> None:
    """Remove databases and roles, whoever is connected."""
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        for side in sides:
            connection.exec_driver_sql(
                f"DROP DATABASE IF EXISTS {name(side.database)} WITH (FORCE)"
            )
        for side in sides:
            for role in (side.application, side.owner):
                connection.exec_driver_sql(f"DROP ROLE IF EXISTS {name(role)}")


@dataclass(frozen=True)
class Part:
    """One application's database with all its tables: `url` is the application's own address."""

    url: str
    owner: Engine


def make(server: str, side: Side, metadata: sa.MetaData) -> Part:
    """The tables of `metadata`, made by the owner; the application has its rights on them."""
    owner = make_engine(address(server, side, side.owner))
    metadata.create_all(owner)
    with owner.begin() as connection:
        privileges.settle(connection, metadata, role=side.application)
    return Part(address(server, side, side.application), owner)


def make_both(server: str) -> tuple[Part, Part]:
    """The databases of both applications on an empty server."""
    making.make((STAFF, BOX), url=server, passwords={}, say=quiet)
    return make(server, STAFF, Row.metadata), make(server, BOX, BoxRow.metadata)


def empty(part: Part, metadata: sa.MetaData) -> None:
    """Take out all rows; only the owner may. Most tables have none, and to truncate them all takes
    ten times as long as to ask.
    """
    tables = list(reversed(metadata.sorted_tables))
    asked = " UNION ALL ".join(
        f"SELECT {place} WHERE EXISTS (SELECT FROM {name(table.name)})"
        for place, table in enumerate(tables)
    )
    with part.owner.begin() as connection:
        for place in sorted(connection.execute(sa.text(asked)).scalars()):
            _empty(connection, tables[place])


def _empty(connection: sa.Connection, table: sa.Table) -> None:
    """An append-only table refuses it to its owner too, until the owner takes the triggers away."""
    refusing = append_only.MARK in table.info
    if refusing:
        connection.execute(sa.text(f"ALTER TABLE {name(table.name)} DISABLE TRIGGER USER"))
    connection.execute(sa.text(f"DELETE FROM {name(table.name)}"))
    if refusing:
        connection.execute(sa.text(f"ALTER TABLE {name(table.name)} ENABLE TRIGGER USER"))


@contextmanager
def careful(server: str) -> Iterator[None]:
    """The server as in production, waiting for the disk, for as long as this lasts."""
    _wait_for_the_disk(server, "on")
    try:
        yield
    finally:
        hurry(server)


def hurry(server: str) -> None:
    """Have the server not wait for the disk: what a test process has stored ends with it, and no
    power cut is tried on it.
    """
    _wait_for_the_disk(server, "off")


def hurry_sqlite(patch: pytest.MonkeyPatch) -> None:
    """Have SQLite not wait for the disk either, in this process. Those that are killed on purpose
    are others.
    """
    prepare = storage_engine._prepare_sqlite

    def hurried(connection: Any, record: Any) -> None:
        prepare(connection, record)
        connection.execute("PRAGMA synchronous=OFF")

    patch.setattr(storage_engine, "_prepare_sqlite", hurried)


def _wait_for_the_disk(server: str, wanted: str) -> None:
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)

    def now() -> object:
        with engine.connect() as connection:
            return connection.exec_driver_sql("SHOW fsync").scalar()

    with engine.connect() as connection:
        connection.exec_driver_sql(f"ALTER SYSTEM SET fsync = {wanted}")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    deadline = time.monotonic() + 30
    while now() != wanted:
        assert time.monotonic() < deadline, f"fsync is not {wanted}"
        time.sleep(0.01)
