"""What the migrations build is what the models say, on both databases and on both sides."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import dialog
from dialog.ballotbox.models import BoxRow
from dialog.storage.engine import make_engine
from dialog.storage.migrating import upgrade
from dialog.storage.rows import Row

SIDES = {"staff": Row.metadata, "ballotbox": BoxRow.metadata}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table, gone after the test: `dialog check` would warn of it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    url: str = request.getfixturevalue("postgresql")
    name = f"empty_{abs(hash(str(tmp_path)))}"
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield url.replace("/postgres?", f"/{name}?")
    with engine.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.mark.parametrize("side", SIDES)
def test_migrations_and_models_give_the_same_tables(side: str, empty_url: str) -> None:
    for module in pkgutil.walk_packages(dialog.__path__, "dialog."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    upgrade(side, empty_url)
    engine = make_engine(empty_url)
    with engine.connect() as connection:
        differences = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), SIDES[side]
        )
    engine.dispose()
    assert differences == []


def test_migrating_again_changes_nothing(empty_url: str) -> None:
    upgrade("staff", empty_url)
    upgrade("staff", empty_url)
