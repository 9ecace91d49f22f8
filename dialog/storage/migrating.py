"""Bringing a database up to date with alembic; each side has its own environment."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from dialog.storage import privileges
from dialog.storage.engine import make_engine

FOLDER = Path(__file__).parent.parent.parent / "migrations"


class BrokenReferencesError(Exception):
    """After migrating, rows of these tables would refer to nothing."""


def configuration(side: str, url: str, *, role: str | None = None) -> Config:
    """Alembic's configuration for `side` ("staff" or "ballotbox")."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER / side))
    config.set_main_option("path_separator", "os")
    config.attributes["url"], config.attributes["role"] = url, role
    return config


def upgrade(side: str, url: str, *, role: str | None = None) -> None:
    """Run what has not been run, and give the application's `role`, if it is another than the one
    of `url`, its rights on the tables. Running it again changes nothing.
    """
    command.upgrade(configuration(side, url, role=role), "head")


def upgrade_within(
    side: str, connection: sa.Connection, revision: str, *, role: str | None = None
) -> None:
    """The same up to `revision` and inside a transaction that is under way."""
    config = configuration(side, "", role=role)
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _render_item(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """SQLModel's AutoString is plain VARCHAR; alembic would write it without its import."""
    if kind == "type" and type(item).__module__.startswith("sqlmodel"):
        length = getattr(item, "length", None)
        name = type(item).__name__
        if name == "AutoString":
            return f"sa.String(length={length})" if length else "sa.String()"
        autogen_context.imports.add("import sqlmodel")
    return False


def run_environment(context: Any, metadata: sa.MetaData) -> None:
    """What both env.py files do: migrate inside one transaction where the database can."""
    within: sa.Connection | None = context.config.attributes.get("connection")
    if within is not None:
        _run(context, metadata, within)
        return
    engine = make_engine(context.config.attributes["url"])
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            _run_unreferenced(context, metadata, connection)
        else:
            with connection.begin():
                _run(context, metadata, connection)
    engine.dispose()


def _run_unreferenced(context: Any, metadata: sa.MetaData, connection: sa.Connection) -> None:
    """SQLite changes a table by making it anew, which those that refer to it would not let it; so
    it looks at what refers to what when all is done. (sqlite.org/lang_altertable.html, 7)
    """
    raw: Any = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF")  # does nothing within a transaction
    try:
        with connection.begin():
            _run(context, metadata, connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise BrokenReferencesError(sorted({table for table, *_ in broken}))
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def _run(context: Any, metadata: sa.MetaData, connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        render_item=_render_item,
        transactional_ddl=True,
    )
    context.run_migrations()
    role: str | None = context.config.attributes["role"]
    if role is not None:
        privileges.settle(connection, metadata, role=role)
