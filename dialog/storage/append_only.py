"""Tables whose rows never change: the database itself refuses, on SQLite and on PostgreSQL.

A table's rights (`privileges`) hold for the application's role and on PostgreSQL alone. A trigger
holds for whoever writes: on SQLite too, and for the tables' owner until they take it away.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import sqlalchemy as sa

MARK: Final = "append_only"  # in a table's info


def keep(table: sa.Table, *, disposable_when: str = "") -> None:
    """Make the table append-only wherever it is created. With `disposable_when`, a condition on
    the row as OLD, rows may be deleted where it holds; they never change.
    """
    table.info[MARK] = True
    key = [column.name for column in table.primary_key]
    for dialect in ("sqlite", "postgresql"):
        for statement in statements(table.name, dialect, key=key, disposable_when=disposable_when):
            ddl = sa.DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]  # it has no types
            sa.event.listen(table, "after_create", ddl)


def statements(
    table: str, dialect: str, *, key: Sequence[str], disposable_when: str = ""
) -> list[str]:
    """What makes a table append-only; `key` is its primary key. Migrations use it too: it is part
    of their history, so what it gives for a table that exists may not change.
    """
    if dialect == "sqlite":
        return list(_on_sqlite(table, key, disposable_when))
    return list(_on_postgresql(table, disposable_when))


def _on_sqlite(table: str, key: Sequence[str], disposable_when: str) -> Iterator[str]:
    unless = f"WHEN NOT ({disposable_when}) " if disposable_when else ""
    refusing = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    yield f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {refusing}"
    yield f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {unless}{refusing}"
    # REPLACE deletes what it replaces, and SQLite tells no trigger of that.
    same = " AND ".join(f"{column} = NEW.{column}" for column in key)
    there = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - names of our tables
    yield f"CREATE TRIGGER {table}_insert BEFORE INSERT ON {table} WHEN {there} {refusing}"


def _on_postgresql(table: str, disposable_when: str) -> Iterator[str]:
    # A trigger's condition may hold no query; that of a function may.
    unless = f"IF TG_OP = 'DELETE' AND ({disposable_when}) THEN RETURN OLD; END IF; "
    passing = unless if disposable_when else ""
    body = f"BEGIN {passing}RAISE EXCEPTION '{table} is append-only'; END"
    function = f"{table}_append_only()"
    # OR REPLACE: a restore drops the tables and makes them anew; their functions are left behind.
    yield f"CREATE OR REPLACE FUNCTION {function} RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
    for name, events, each in (
        ("rows", "UPDATE OR DELETE", "ROW"),
        ("truncate", "TRUNCATE", "STATEMENT"),
    ):
        yield (
            f"CREATE TRIGGER {table}_{name} BEFORE {events} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION {function}"
        )
