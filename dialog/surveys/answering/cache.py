"""What a process remembers of the rounds that are being answered, so that answering asks little."""

import json
import threading
import time
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import Session

from dialog.core.ballots.blind import Signer
from dialog.settings import Settings
from dialog.storage.engine import single
from dialog.surveys import keys, result_tables
from dialog.surveys.models import Access, Round, RoundState
from dialog.surveys.places import tree

STATE_FOR = 2.0  # seconds: a pause is felt everywhere after this time at most
UNITS_FOR = 300.0
ROUND = sa.inspect(Round).local_table
BEFORE_OPENING = {
    RoundState.DRAFT,
    RoundState.REVIEW,
    RoundState.APPROVED,
    RoundState.CANCELLED,
}
SIGNING = {RoundState.OPEN, RoundState.PAUSED, RoundState.CLOSED}


@dataclass(frozen=True)
class Fixed:
    """What approval froze, in the bytes that everybody gets. No `signer`: the key is gone."""

    manifest: bytes
    form: bytes
    access: Access
    signer: Signer | None


@dataclass(frozen=True)
class Face:
    """A round as somebody who answers meets it."""

    fixed: Fixed
    state: RoundState
    closes_at: datetime | None

    def refusal(self, now: datetime) -> str | None:
        """Why no token is signed now: "paused" or "closed"; None while they are."""
        if self.state is RoundState.PAUSED:
            return "paused"
        past = self.closes_at is not None and now >= self.closes_at
        return "closed" if past or self.state is not RoundState.OPEN else None


class AnsweringCache:
    """The faces of rounds by id, for one process. Safe for threads: entries are replaced whole."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.writer = single(engine)
        self.reader = self.writer.execution_options(reading=True)  # takes no lock on SQLite
        self._settings = settings
        self._fixed: dict[UUID, Fixed] = {}
        self._faces: dict[UUID, tuple[float, Face]] = {}
        self._units: dict[UUID, tuple[float, bytes]] = {}
        self._lock = threading.Lock()

    def of(self, round_id: UUID) -> Face | None:
        """The round, if it was ever open."""
        known = self._faces.get(round_id)
        if known is not None and time.monotonic() < known[0]:
            return known[1]
        with self._lock:  # one thread asks for all
            known = self._faces.get(round_id)
            if known is not None and time.monotonic() < known[0]:
                return known[1]
            return self._look(round_id)

    def forget(self) -> None:
        """Ask again at once; for tests and for whoever has just changed a round."""
        self._faces.clear()

    def units(self, round_id: UUID) -> bytes:
        """The units that can be chosen, as JSON: [{"code", "name", "parent"}, …]."""
        known = self._units.get(round_id)
        if known is None or time.monotonic() >= known[0]:
            with Session(self.reader) as session:
                query = sa.select(ROUND.c.audience, ROUND.c.tables).where(ROUND.c.id == round_id)
                audience, tables = session.connection().execute(query).one()
                whole = result_tables.is_whole(tables)
                found = tree(session, audience=audience, active=True, whole=whole).as_json()
            content = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
            known = self._units[round_id] = time.monotonic() + UNITS_FOR, content
        return known[1]

    def _look(self, round_id: UUID) -> Face | None:
        query = sa.select(ROUND.c.state, ROUND.c.closes_at).where(ROUND.c.id == round_id)
        with self.reader.connect() as connection:
            row = connection.execute(query).first()
            if row is None or row.state in BEFORE_OPENING:
                return None
            if round_id not in self._fixed:
                self._fixed[round_id] = self._load(connection, round_id)
        if row.state not in SIGNING:  # the key was destroyed, or soon will be: forget it too
            self._fixed[round_id] = replace(self._fixed[round_id], signer=None)
        face = Face(self._fixed[round_id], RoundState(row.state), row.closes_at)
        self._faces[round_id] = time.monotonic() + STATE_FOR, face
        return face

    def _load(self, connection: sa.Connection, round_id: UUID) -> Fixed:
        row = connection.execute(
            sa.select(ROUND.c.manifest, ROUND.c.questionnaire, ROUND.c.access).where(
                ROUND.c.id == round_id
            )
        ).one()
        try:
            signer = keys.signer(self._settings, round_id=round_id)
        except keys.LostKeyError:
            signer = None
        return Fixed(row.manifest, row.questionnaire.encode(), Access(row.access), signer)
