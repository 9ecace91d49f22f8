"""Answering: where somebody's answer belongs, and one token for each person invited.

Plain SQL over a connection: this is the path that a whole region takes in the same hour. Nobody
learns here what is answered, for what is signed is blinded.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from dialog.core.ballots import blind
from dialog.organisation.models import Unit
from dialog.settings import Settings
from dialog.surveys import issued_marks
from dialog.surveys.answering.cache import ROUND, Face
from dialog.surveys.models import Access, Invitation, RoundState

INVITATION = sa.inspect(Invitation).local_table
UNIT = sa.inspect(Unit).local_table
RUNNING = (RoundState.OPEN, RoundState.PAUSED)

# The statements of the hot path, made once. What finds the visitor's invitation:
_ROUND = sa.bindparam("in_round", type_=sa.Uuid())
_BY_NUMBER = INVITATION.c.number == sa.bindparam("visitor", type_=sa.Integer())
_BY_PERSON = INVITATION.c.person_id == sa.bindparam("visitor", type_=sa.Uuid())
_HASH = sa.bindparam("hash", type_=sa.String())
_IS_OPEN = sa.exists().where(ROUND.c.id == _ROUND, ROUND.c.state == RoundState.OPEN)


def _place(mine: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return (
        sa.select(UNIT.c.code, INVITATION.c.level, INVITATION.c.issued, INVITATION.c.withdrawn)
        .select_from(INVITATION)
        .join(UNIT, INVITATION.c.unit_id == UNIT.c.id, isouter=True)  # a stack may have no unit
        .where(INVITATION.c.round_id == _ROUND, mine)
    )


def _mark(mine: sa.ColumnElement[bool]) -> sa.Executable:
    """One statement decides, whoever else asks at the same moment. It looks at the round too:
    what a process remembers of it may be two seconds old.
    """
    unused = sa.and_(INVITATION.c.issued.is_(False), INVITATION.c.withdrawn.is_(False))
    free = sa.or_(unused, INVITATION.c.blinded_hash == _HASH)
    return (
        sa.update(Invitation)
        .where(INVITATION.c.round_id == _ROUND, mine, free, _IS_OPEN)
        .values(issued=True, blinded_hash=_HASH)
        .returning(INVITATION.c.id, INVITATION.c.person_id)
        .execution_options(synchronize_session=False)
    )


def _look(mine: sa.ColumnElement[bool]) -> sa.Select[Any]:
    same = (INVITATION.c.blinded_hash == _HASH).label("same")
    columns = (
        INVITATION.c.id,
        INVITATION.c.person_id,
        INVITATION.c.issued,
        INVITATION.c.withdrawn,
        same,
    )
    return sa.select(*columns).where(INVITATION.c.round_id == _ROUND, mine)


_PLACE = {"number": _place(_BY_NUMBER), "person_id": _place(_BY_PERSON)}
_MARK = {"number": _mark(_BY_NUMBER), "person_id": _mark(_BY_PERSON)}
_LOOK = {"number": _look(_BY_NUMBER), "person_id": _look(_BY_PERSON)}
_STATE = sa.select(ROUND.c.state).where(ROUND.c.id == _ROUND)
_LINK_ISSUE = sa.text(
    "INSERT INTO link_issue (round_id, blinded_hash)"
    " SELECT id, :hash FROM round WHERE id = :in_round AND state = 'open'"
    " ON CONFLICT DO NOTHING"
).bindparams(_ROUND)
_LINK_ISSUED = sa.text(
    "SELECT 1 FROM link_issue WHERE round_id = :in_round AND blinded_hash = :hash"
).bindparams(_ROUND)


class AnsweringError(Exception):
    """Answering cannot go on; `reason` is unknown, withdrawn, closed, paused, issued, unreadable
    or lost.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Visitor:
    """Who wants to answer, as far as it was proved: an invitation's number, or a person who is
    signed in. Neither: somebody who came by the open link.
    """

    number: int | None = None
    person_id: UUID | None = None

    @property
    def found_by(self) -> tuple[str, int | UUID | None]:
        """The name of what finds the invitation, with its value; an empty name: nothing does."""
        if self.number is not None:
            return "number", self.number
        return ("person_id" if self.person_id else ""), self.person_id


@dataclass(frozen=True)
class Place:
    """Where an answer belongs as far as we know. Both may be empty."""

    unit: str
    level: str
    answered: bool


def place(reader: Engine, *, round_id: UUID, face: Face, visitor: Visitor) -> Place:
    """Unit and level from the invitation, and whether its token was signed already."""
    by, mine = visitor.found_by
    row = None
    if by:
        with reader.connect() as connection:
            row = connection.execute(_PLACE[by], {"in_round": round_id, "visitor": mine}).first()
    if row is None and face.fixed.access is not Access.LINK:
        raise AnsweringError("unknown")
    if row is None:
        return Place("", "", answered=False)
    if row.withdrawn and not row.issued:
        raise AnsweringError("withdrawn")
    return Place(row.code or "", row.level, answered=bool(row.issued))


def issue(
    engine: Engine,
    *,
    settings: Settings,
    round_id: UUID,
    face: Face,
    visitor: Visitor,
    blinded: bytes,
    now: datetime,
) -> bytes:
    """Sign `blinded` for this visitor, once: the same again gives the same bytes at any time,
    another one is refused. Who has had a token is on disk before the signature leaves.
    `engine` is for single statements (storage.engine).
    """
    signer, refusal = face.fixed.signer, face.refusal(now)
    if signer is None:
        raise AnsweringError(refusal or "lost")
    if len(blinded) != blind.size(signer.public) or int.from_bytes(blinded, "big") >= signer.n:
        raise AnsweringError("unreadable")
    values: dict[str, Any] = {"in_round": round_id, "hash": hashlib.sha256(blinded).hexdigest()}
    if face.fixed.access is Access.LINK:
        _mark_link(engine, values, refusal)
    else:
        who = _mark_person(engine, visitor, values, refusal)
        issued_marks.note(settings, round_id=round_id, who=who, blinded_hash=values["hash"])
    return blind.blind_sign(signer, blinded)


def _mark_person(
    engine: Engine, visitor: Visitor, values: dict[str, Any], refusal: str | None
) -> UUID:
    """Mark the invitation as issued for this request, or find it marked so. Gives who it is."""
    by, mine = visitor.found_by
    if not by:
        raise AnsweringError("unknown")
    values = {**values, "visitor": mine}
    if refusal is None:
        with engine.begin() as connection:
            row = connection.execute(_MARK[by], values).first()
        if row is not None:
            return cast("UUID", row.person_id or row.id)
    with engine.connect().execution_options(reading=True) as connection:
        row = connection.execute(_LOOK[by], values).first()
        if row is None:
            raise AnsweringError("unknown")
        if row.issued and row.same:  # its answer was lost on the way, perhaps at the deadline
            return cast("UUID", row.person_id or row.id)
        if row.issued:
            raise AnsweringError("issued")
        if row.withdrawn:
            raise AnsweringError("withdrawn")
        raise AnsweringError(refusal or _state_now(connection, values["in_round"]))


def _mark_link(engine: Engine, values: dict[str, Any], refusal: str | None) -> None:
    if refusal is None:
        with engine.begin() as connection:
            if connection.execute(_LINK_ISSUE, values).rowcount == 1:
                return
    with engine.connect().execution_options(reading=True) as connection:
        if connection.execute(_LINK_ISSUED, values).first() is None:
            raise AnsweringError(refusal or _state_now(connection, values["in_round"]))


def _state_now(connection: Connection, round_id: UUID) -> str:
    state = connection.scalar(_STATE, {"in_round": round_id})
    return "paused" if state == RoundState.PAUSED else "closed"


def rounds_of_number(connection: Connection, *, number: int) -> list[UUID]:
    """The running rounds that have an invitation with this number: one, but for chance."""
    query = (
        sa.select(INVITATION.c.round_id)
        .join(ROUND, ROUND.c.id == INVITATION.c.round_id)
        .where(INVITATION.c.number == number, ROUND.c.state.in_(RUNNING))
    )
    return list(connection.scalars(query))
