"""Databases made by the migrations, which nobody else is connected to."""

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from dialog.storage.migrating import upgrade
from tests.conftest import DATABASES

TEMPLATE = "migrated"


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql: str) -> sa.Engine:
    """A server with a migrated database, TEMPLATE."""
    engine = sa.create_engine(postgresql, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {TEMPLATE}"))
    upgrade("staff", address(engine, TEMPLATE))
    with engine.connect() as connection:  # `dialog check` tells of databases that others can enter
        connection.execute(sa.text(f"ALTER DATABASE {TEMPLATE} WITH ALLOW_CONNECTIONS false"))
    return engine


def address(server: sa.Engine, database: str) -> str:
    return server.url.set(database=database).render_as_string(hide_password=False)


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database of the staff application, of both kinds."""
    if request.param == "sqlite":
        file = tmp_path / "dialog.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), file)
        yield f"sqlite:///{file}"
        return
    server: sa.Engine = request.getfixturevalue("migrated_postgresql")
    name = f"backup_{secrets.token_hex(6)}"
    with server.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}"))
    yield address(server, name)
    with server.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
