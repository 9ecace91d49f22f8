"""Databases made by the migrations, which nobody else is connected to."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from dialog.storage.migrating import upgrade
from tests.conftest import DATABASES


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database of the staff application, of both kinds."""
    if request.param == "sqlite":
        made = f"sqlite:///{tmp_path / 'dialog.db'}"
        upgrade("staff", made)
        yield made
        return
    server: str = request.getfixturevalue("postgresql")
    name = f"backup_{secrets.token_hex(6)}"
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    made = sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    upgrade("staff", made)
    yield made
    with engine.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()
