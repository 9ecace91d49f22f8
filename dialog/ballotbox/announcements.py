"""What the staff application has announced: read from signed files, and never back in time."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Engine

from dialog.ballotbox.models import BoxRound
from dialog.core.ballots import manifest, state
from dialog.core.ballots.manifest import Manifest
from dialog.core.ballots.sealing import OVERHEAD
from dialog.core.ballots.state import Announcement
from dialog.storage.ensuring import inserting
from dialog.storage.signed_files import Side, UnsignedFileError

ROUND = sa.inspect(BoxRound).local_table
SUFFIX = ".state.json"
Stamp = tuple[int, int]


@dataclass(frozen=True)
class Known:
    """A round as it counts here."""

    announcement: Announcement

    @cached_property
    def manifest(self) -> Manifest:
        return manifest.load(self.announcement.manifest)

    @property
    def layers(self) -> int:
        return len(self.manifest.holders)

    @property
    def sealed_length(self) -> int:
        return self.manifest.length + OVERHEAD * self.layers


class Announcements:
    """The rounds of the exchange folder. A file is read when it has changed since the last time;
    what was accepted stands in the database, for all processes and after any restart.
    """

    def __init__(self, engine: Engine, side: Side) -> None:
        self._engine, self.side = engine, side
        self._known: dict[UUID, tuple[Stamp | None, Known]] = {}

    def of(self, round_id: UUID) -> Known | None:
        """The round as last accepted; None if it was never announced."""
        stamp = self._stamp(round_id)
        cached = self._known.get(round_id)
        if cached is not None and cached[0] == stamp:
            return cached[1]
        announced = self._announced(round_id) if stamp is not None else None
        accepted = accept(self._engine, round_id=round_id, announced=announced)
        if accepted is None:
            return None
        known = Known(accepted)
        if announced is not None or stamp is None:  # else half written: look again next time
            self._known[round_id] = stamp, known
        return known

    def rounds(self) -> list[UUID]:
        """Every round that has a file in the exchange folder."""
        names = (path.name.removesuffix(SUFFIX) for path in self.side.folder.glob(f"*{SUFFIX}"))
        return [UUID(name) for name in sorted(names) if _is_uuid(name)]

    def _path(self, round_id: UUID) -> Path:
        return self.side.folder / f"{round_id}{SUFFIX}"

    def _stamp(self, round_id: UUID) -> Stamp | None:
        path = self._path(round_id)
        try:
            return path.stat().st_mtime_ns, path.with_name(path.name + ".sig").stat().st_mtime_ns
        except FileNotFoundError:
            return None

    def _announced(self, round_id: UUID) -> bytes | None:
        try:
            data = self.side.read(self._path(round_id).name)
            if state.load(data).round_id != round_id:
                return None
            manifest.load(state.load(data).manifest)
        except (UnsignedFileError, ValueError):
            return None
        return data


def accept(engine: Engine, *, round_id: UUID, announced: bytes | None) -> Announcement | None:
    """Take over `announced` if it is newer than what is kept and has the same manifest; gives
    what counts then.
    """
    query = sa.select(ROUND.c.announcement, ROUND.c.sequence).where(ROUND.c.round_id == round_id)
    with engine.connect().execution_options(reading=True) as connection:
        kept = connection.execute(query).first()
    if announced is None or (kept is not None and kept.announcement == announced):
        return state.load(kept.announcement) if kept is not None else None
    new = state.load(announced)
    values = {"sequence": new.sequence, "announcement": announced}
    with engine.begin() as connection:
        kept = connection.execute(query.with_for_update()).first()
        if kept is None:
            row = {"round_id": round_id, "handed_over": False, **values}
            new_row = inserting(engine.dialect.name, BoxRound).on_conflict_do_nothing()
            inserted = connection.execute(new_row, row)
            if inserted.rowcount:
                return new
            kept = connection.execute(query.with_for_update()).one()  # another process was first
        old = state.load(kept.announcement)
        if new.sequence <= kept.sequence or new.manifest != old.manifest:
            return old
        connection.execute(sa.update(BoxRound).where(ROUND.c.round_id == round_id).values(values))
    return new


def _is_uuid(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True
