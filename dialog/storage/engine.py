"""Connections to SQLite and PostgreSQL that behave alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine, event
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session

BUSY_MILLISECONDS = 10_000
POOL: Any = {"pool_size": 5, "max_overflow": 20, "hide_parameters": True}  # of PostgreSQL


def make_engine(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql+psycopg://…`; a SQLite file's folder is made."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return sa.create_engine(parsed, **POOL)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        parsed,
        connect_args={"timeout": BUSY_MILLISECONDS / 1000, "check_same_thread": False},
        hide_parameters=True,  # an error's message names no person
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we begin transactions ourselves, see below
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an acknowledged answer survives a power cut
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MILLISECONDS}",
        "temp_store=MEMORY",  # no temporary file ever holds an answer
        "secure_delete=ON",  # what is disposed of is overwritten
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    # A deferred transaction that upgrades to a write fails at once, whatever the timeout; so
    # writers say so from the start. Readers ask with execution_options(reading=True).
    options = connection.get_execution_options()
    if options.get("patient", True):
        connection.exec_driver_sql("BEGIN" if options.get("reading") else "BEGIN IMMEDIATE")
        return
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")


def single(engine: Engine) -> Engine:
    """An engine for work that is one statement and so its own transaction: PostgreSQL is spared the
    round trips of beginning and committing, and its connections are told so once. On SQLite, where
    those cost nothing, `engine` itself. It is disposed of with `engine`.
    """
    if engine.dialect.name == "sqlite":
        return engine
    alone = sa.create_engine(
        engine.url, **POOL, isolation_level="AUTOCOMMIT", pool_reset_on_return=None
    )
    event.listen(engine, "engine_disposed", lambda _engine: alone.dispose())
    return alone


def make_sessions(
    engine: Engine, *, reading: bool = False, patient: bool = True
) -> sessionmaker[Session]:
    """Sessions over `engine`. With `reading`, SQLite takes no write lock (and none may write).
    Not `patient`: if another is writing on SQLite, OperationalError at once.
    """
    bind = engine.execution_options(reading=reading, patient=patient)
    return sessionmaker(bind=bind, class_=Session, expire_on_commit=False)


@contextmanager
def session_at(url: str, *, reading: bool = False) -> Iterator[Session]:
    """A session for a command; nothing of it is left open, whatever happens. It does not commit.
    With `reading` it sees one moment, however long it takes and whoever writes meanwhile.
    """
    engine = make_engine(url)
    try:
        with make_sessions(engine, reading=reading)() as session:
            if reading and engine.dialect.name != "sqlite":  # SQLite does so anyway
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session
    finally:
        engine.dispose()
