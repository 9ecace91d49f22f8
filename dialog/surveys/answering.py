"""Answering: where somebody's answer belongs, and one token for each person invited.

Plain SQL over a connection: this is the path that a whole region takes in the same hour. Nobody
learns here what is answered, for what is signed is blinded.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from dialog.core.ballots import blind
from dialog.organisation.models import Unit
from dialog.settings import Settings
from dialog.surveys import issued_marks
from dialog.surveys.answering_cache import ROUND, Face
from dialog.surveys.models import Access, Invitation, RoundState

INVITATION = sa.inspect(Invitation).local_table
UNIT = sa.inspect(Unit).local_table
RUNNING = (RoundState.OPEN, RoundState.PAUSED)


class AnsweringError(Exception):
    """Answering cannot go on; `reason` is unknown, closed, paused, issued, unreadable or lost."""

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


@dataclass(frozen=True)
class Place:
    """Where an answer belongs as far as we know. `level` may be empty."""

    unit: str
    level: str
    answered: bool


def place(connection: Connection, *, round_id: UUID, face: Face, visitor: Visitor) -> Place:
    """Unit and level from the invitation, and whether its token was signed already."""
    mine = _mine(round_id, visitor)
    if mine is None:
        if face.fixed.access is Access.LINK:
            return Place("", "", answered=False)
        raise AnsweringError("unknown")
    query = (
        sa.select(UNIT.c.code, INVITATION.c.level, INVITATION.c.issued)
        .join(INVITATION, INVITATION.c.unit_id == UNIT.c.id)
        .where(*mine)
        .order_by(INVITATION.c.issued, INVITATION.c.number)
    )
    row = connection.execute(query).first()
    if row is None:
        if face.fixed.access is Access.LINK:
            return Place("", "", answered=False)
        raise AnsweringError("unknown")
    return Place(row.code, row.level, answered=bool(row.issued))


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
    """
    signer, refusal = face.fixed.signer, face.refusal(now)
    if signer is None:
        raise AnsweringError(refusal or "lost")
    if len(blinded) != blind.size(signer.public) or int.from_bytes(blinded, "big") >= signer.n:
        raise AnsweringError("unreadable")
    blinded_hash = hashlib.sha256(blinded).hexdigest()
    mine = _mine(round_id, visitor)
    by_link = mine is None or (face.fixed.access is Access.LINK and visitor.number is None)
    if by_link and face.fixed.access is not Access.LINK:
        raise AnsweringError("unknown")
    if by_link:
        _mark_link(engine, round_id, blinded_hash, refusal)
    else:
        assert mine is not None
        who = _mark_person(engine, mine, round_id, blinded_hash, refusal)
        issued_marks.note(settings, round_id=round_id, who=who, blinded_hash=blinded_hash)
    return blind.blind_sign(signer, blinded)


def _mine(round_id: UUID, visitor: Visitor) -> Sequence[sa.ColumnElement[bool]] | None:
    """What finds the visitor's invitation, if there can be one."""
    if visitor.number is not None:
        return INVITATION.c.round_id == round_id, INVITATION.c.number == visitor.number
    if visitor.person_id is not None:
        return INVITATION.c.round_id == round_id, INVITATION.c.person_id == visitor.person_id
    return None


def _mark_person(
    engine: Engine,
    mine: Sequence[sa.ColumnElement[bool]],
    round_id: UUID,
    blinded_hash: str,
    refusal: str | None,
) -> UUID:
    """Mark the invitation as issued for this request, or find it marked so. Gives who it is."""
    same = INVITATION.c.blinded_hash == blinded_hash
    if refusal is None:
        # One statement decides, whoever else asks at the same moment. It looks at the round too:
        # what a process remembers of it may be two seconds old.
        free = sa.or_(INVITATION.c.issued.is_(False), same)
        update = (
            sa.update(INVITATION)  # type: ignore[arg-type]  # a table, typed as its base class
            .where(*mine, free, _is_open(round_id))
            .values(issued=True, blinded_hash=blinded_hash)
            .returning(INVITATION.c.id, INVITATION.c.person_id)
        )
        with engine.begin() as connection:
            row = connection.execute(update).first()
        if row is not None:
            return UUID(str(row.person_id or row.id))
    with engine.connect().execution_options(reading=True) as connection:
        columns = (INVITATION.c.id, INVITATION.c.person_id, INVITATION.c.issued, same.label("same"))
        row = connection.execute(sa.select(*columns).where(*mine)).first()
        if row is None:
            raise AnsweringError("unknown")
        if row.issued and row.same:  # its answer was lost on the way, perhaps at the deadline
            return UUID(str(row.person_id or row.id))
        if row.issued:
            raise AnsweringError("issued")
        raise AnsweringError(refusal or _state_now(connection, round_id))


_LINK_ISSUE = sa.text(
    "INSERT INTO link_issue (round_id, blinded_hash)"
    " SELECT id, :blinded_hash FROM round WHERE id = :round_id AND state = 'open'"
    " ON CONFLICT DO NOTHING"
).bindparams(sa.bindparam("round_id", type_=sa.Uuid()))
_LINK_ISSUED = sa.text(
    "SELECT 1 FROM link_issue WHERE round_id = :round_id AND blinded_hash = :blinded_hash"
).bindparams(sa.bindparam("round_id", type_=sa.Uuid()))


def _mark_link(engine: Engine, round_id: UUID, blinded_hash: str, refusal: str | None) -> None:
    values = {"round_id": round_id, "blinded_hash": blinded_hash}
    if refusal is None:
        with engine.begin() as connection:
            if connection.execute(_LINK_ISSUE, values).rowcount == 1:
                return
    with engine.connect().execution_options(reading=True) as connection:
        if connection.execute(_LINK_ISSUED, values).first() is None:
            raise AnsweringError(refusal or _state_now(connection, round_id))


def _is_open(round_id: UUID) -> sa.ColumnElement[bool]:
    return sa.exists().where(ROUND.c.id == round_id, ROUND.c.state == RoundState.OPEN)


def _state_now(connection: Connection, round_id: UUID) -> str:
    state = connection.scalar(sa.select(ROUND.c.state).where(ROUND.c.id == round_id))
    return "paused" if state == RoundState.PAUSED else "closed"


def rounds_of_number(connection: Connection, *, number: int) -> list[UUID]:
    """The running rounds that have an invitation with this number: one, but for chance."""
    query = (
        sa.select(INVITATION.c.round_id)
        .join(ROUND, ROUND.c.id == INVITATION.c.round_id)
        .where(INVITATION.c.number == number, ROUND.c.state.in_(RUNNING))
    )
    return list(connection.scalars(query))
