"""What the migrations build is what the models say, on both databases and on both sides."""

import importlib
import pkgutil
import re
import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import Session

import dialog
from dialog.ballotbox.models import BoxRow
from dialog.diary import searching
from dialog.diary.models import Scope
from dialog.diary.searching import Wanted
from dialog.storage.engine import make_engine
from dialog.storage.migrating import BrokenReferencesError, upgrade, upgrade_within
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


def values(inspector: sa.Inspector, table: sa.Table) -> dict[str, Any]:
    """A value for every column that has to have one, as far as the checks of the table go."""
    words = {
        column: re.findall(r"'([^']*)'", check["sqltext"])
        for check in inspector.get_check_constraints(table.name)
        for column in re.findall(r"^\W*(\w+)\W", check["sqltext"])
    }
    return {
        column.name: next(iter(words.get(column.name, ())), None) or value(column)
        for column in table.columns
        if not column.nullable and not (column.autoincrement is True or column.server_default)
    }


def value(column: sa.Column[Any]) -> Any:
    """The same for columns that refer to each other."""
    try:
        of = column.type.python_type
    except NotImplementedError:
        of = str
    if isinstance(column.type, sa.JSON):
        return {}
    if of in (datetime, date):
        return of(2026, 11, 25)
    length = getattr(column.type, "length", None) or 32
    return {uuid.UUID: uuid.UUID(int=1), bytes: b"1", str: "1" * min(length, 32)}.get(of, 1)


@pytest.mark.parametrize("side", SIDES)
def test_a_database_with_something_in_every_table_is_brought_up_to_date(
    side: str, empty_url: str
) -> None:
    engine = make_engine(empty_url)
    with engine.begin() as connection:
        upgrade_within(side, connection, "0001")
    with engine.begin() as connection:
        tables = sa.MetaData()
        tables.reflect(connection)
        left_out = {"alembic_version", "trustee", "key_test"}  # a deputy is another person
        kept = [table for table in tables.sorted_tables if table.name not in left_out]
        for table in kept:
            connection.execute(table.insert().values(values(sa.inspect(connection), table)))
    upgrade(side, empty_url)
    with engine.connect() as connection:
        for table in kept:
            found = connection.execute(sa.select(sa.func.count()).select_from(table)).scalar()
            assert found == 1, table.name
        if engine.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()


def test_what_refers_to_nothing_stops_a_migration_and_nothing_is_changed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'broken.db'}"
    engine = make_engine(url)
    with engine.begin() as connection:
        upgrade_within("staff", connection, "0001")
    with engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            table = sa.Table("round_step", sa.MetaData(), autoload_with=connection)
            connection.execute(table.insert().values(values(sa.inspect(connection), table)))
    with pytest.raises(BrokenReferencesError, match="round_step"):
        upgrade("staff", url)
    with engine.connect() as connection:
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    engine.dispose()
    assert version == "0001"


def at(url: str, version: str, said: Mapping[str, Mapping[str, Any]]) -> sa.Engine:
    """A database of an earlier version with a row in each of these tables, in their order."""
    engine = make_engine(url)
    with engine.begin() as connection:
        upgrade_within("staff", connection, version)
        tables = sa.MetaData()
        tables.reflect(connection)
        for name, given in said.items():
            table = tables.tables[name]
            row = {**values(sa.inspect(connection), table), **given}
            connection.execute(table.insert().values(row))
    return engine


def test_letters_from_staff_that_were_numbered_among_all_have_their_series(empty_url: str) -> None:
    said = {
        "receipt": {"letter": "S", "year": 2026, "serial": 31},
        "submission": {
            "kind": "anonymous", "state": "received", "submitted_at": datetime.now(UTC),
            "receipt_year": 2026, "receipt_serial": 31,
        },
    }  # fmt: skip
    engine = at(empty_url, "0066", {"diary_authority": {}, **said})
    upgrade("staff", empty_url)
    with engine.connect() as connection:
        letter = connection.exec_driver_sql("SELECT receipt_letter FROM submission").scalar()
        series = connection.exec_driver_sql('SELECT letter, year, "last" FROM receipt_series').all()
    engine.dispose()
    assert (letter, series) == ("S", [("S", 2026, 31)])


def test_what_stood_in_a_diary_is_found_when_its_words_are_kept_anew(empty_url: str) -> None:
    said = {"subject": "Skrivelse om bemanningen", "public_subject": None, "direction": "in"}
    tables = ("diary_authority", "diary_matter", "diary_entry")
    engine = at(empty_url, "0069", {**{name: {} for name in tables}, "diary_line": said})
    upgrade("staff", empty_url)
    with Session(engine) as session:
        hits = {
            (scope, text): searching.search(session, wanted=Wanted(text), scope=scope).number
            for scope in Scope
            for text in ("bemanning skrivelse", '"om bemanningen"')
        }
    engine.dispose()
    assert {scope for (scope, _text), number in hits.items() if number == 1} == {Scope.ALL}
    assert list(hits.values()).count(1) == 2
