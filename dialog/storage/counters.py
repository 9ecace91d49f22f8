"""Counting without a gap or a duplicate, however many count at the same moment.

A counter is taken by one UPDATE in the transaction that uses the number, which locks its row until
that ends: others wait, and a transaction that is given up gives its number back.
"""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session


def take(session: Session, table: type, counter: str, where: sa.ColumnElement[bool]) -> int:
    """The next number of the one row that `where` finds."""
    session.flush()
    column: Any = getattr(table, counter)
    taken = session.connection().scalar(
        sa.update(table).where(where).values({counter: column + 1}).returning(column)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    assert taken is not None
    return int(taken)
