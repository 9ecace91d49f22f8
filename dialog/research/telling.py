"""Long work that says how far it has come, and keeps its duty while it does."""

import time
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dialog.desk import Desk, Duty, TakenOverError
from dialog.storage.bulk import table_of
from dialog.storage.rows import Row

EVERY: Final = 2.0  # seconds


class Telling:
    """Writes whole percents to the `progress` of a row, and prolongs the duty's lease with it."""

    def __init__(self, desk: Desk, duty: Duty, model: type[Row], row_id: UUID) -> None:
        self._desk, self._duty = desk, duty
        table = table_of(model)
        key: Any = next(iter(table.primary_key.columns))
        self._write = sa.update(table).where(key == row_id)
        self._last = time.monotonic()

    def tell(self, share: float) -> None:
        """`share` is from 0 to 1. Raises TakenOverError when another worker has the duty now."""
        if time.monotonic() - self._last < EVERY:
            return
        self._last = time.monotonic()
        with self._desk.writing() as session:
            if not self._duty.renew(session):
                raise TakenOverError
            percent = min(99, int(100 * share))
            session.connection().execute(self._write.values(progress=percent))
            session.commit()
