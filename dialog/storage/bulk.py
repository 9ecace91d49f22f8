"""Many rows at once, without an object for each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from dialog.storage.ensuring import inserting
from dialog.storage.rows import Row


def table_of(model: type[Row]) -> sa.Table:
    table = sa.inspect(model).local_table
    if not isinstance(table, sa.Table):
        raise TypeError(f"{model.__name__} has no table of its own")
    return table


def insert(session: Session, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`, which all have the same columns and every one that has no server default."""
    if rows:
        session.connection().execute(sa.insert(table), rows)


def put(session: Session, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`, as `insert` does; one whose key is there gets their other columns instead."""
    if not rows:
        return
    given = inserting(session.get_bind().dialect.name, table)
    key = [column.name for column in table.primary_key]
    others = {name: given.excluded[name] for name in rows[0] if name not in key}
    statement = given.on_conflict_do_update(index_elements=key, set_=others)
    session.connection().execute(statement, rows)


def update(
    session: Session, table: sa.Table, rows: Sequence[tuple[UUID, Mapping[str, Any]]]
) -> None:
    """Set the given columns of each (id, columns); all rows have the same columns."""
    if rows:
        columns: dict[str, Any] = {name: sa.bindparam(name) for name in rows[0][1]}
        statement = sa.update(table).where(table.c.id == sa.bindparam("its_id")).values(columns)
        session.connection().execute(statement, [{"its_id": id_, **values} for id_, values in rows])


def delete(session: Session, column: sa.Column[Any], values: Iterable[UUID]) -> None:
    """Delete the rows whose `column` is one of `values`."""
    rows = [{"its_value": value} for value in values]
    if rows:
        statement = sa.delete(column.table).where(column == sa.bindparam("its_value"))
        session.connection().execute(statement, rows)
