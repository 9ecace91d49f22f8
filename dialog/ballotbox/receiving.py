"""Taking a ballot: its token is checked, spent and kept in one durable step, or refused."""

import hashlib
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from dialog.ballotbox.announcements import ROUND, Known
from dialog.ballotbox.models import SealedBallot
from dialog.core.ballots import blind, state
from dialog.core.ballots.sealing import message
from dialog.core.ballots.state import BoxState

BALLOT = sa.inspect(SealedBallot).local_table


class Refusal(StrEnum):
    LENGTH = "length"
    SIGNATURE = "signature"
    SPENT = "spent"
    PAUSED = "paused"
    CLOSED = "closed"


def receive(
    engine: Engine,
    *,
    round_id: UUID,
    known: Known,
    ballot: bytes,
    prefix: bytes,
    signature: bytes,
    now: datetime,
) -> Refusal | None:
    """Keep `ballot` if `signature` is a token for it that was not spent; None when it is kept.

    The same again is no error at any time, until the ballots are erased. When this returns None,
    the ballot is on disk.
    """
    if len(ballot) != known.sealed_length or len(prefix) != blind.PREFIX_LENGTH:
        return Refusal.LENGTH
    closed = state.refusal(known.announcement, now)
    token_hash = hashlib.sha256(signature).digest()
    valid = blind.verify(known.manifest.public_token_key, prefix + message(ballot), signature)
    if closed is None and valid:
        with engine.begin() as connection:
            if _insert(connection, round_id, token_hash, ballot):
                return None
    if known.announcement.state is BoxState.DONE:
        return Refusal.CLOSED
    with engine.connect().execution_options(reading=True) as connection:
        kept: bytes | None = connection.execute(_kept(round_id, token_hash)).scalar()
    if kept is not None:
        return None if valid and kept == ballot else Refusal.SPENT
    if not valid:
        return Refusal.SIGNATURE
    return Refusal(closed or "closed")  # not closed for us, and yet not kept: handed over already


def _kept(round_id: UUID, token_hash: bytes) -> sa.Select[bytes]:
    return sa.select(BALLOT.c.ballot).where(
        BALLOT.c.round_id == round_id, BALLOT.c.token_hash == token_hash
    )


_INSERT = sa.text(
    "INSERT INTO sealed_ballot (round_id, token_hash, digest, ballot)"
    " SELECT round_id, :token_hash, :digest, :ballot FROM box_round"
    " WHERE round_id = :round_id AND NOT handed_over ON CONFLICT DO NOTHING"
).bindparams(sa.bindparam("round_id", type_=sa.Uuid()))


def _insert(connection: Connection, round_id: UUID, token_hash: bytes, ballot: bytes) -> bool:
    values = {
        "round_id": round_id,
        "token_hash": token_hash,
        "digest": message(ballot),
        "ballot": ballot,
    }
    return connection.execute(_INSERT, values).rowcount == 1


def wait_for_others(connection: Connection) -> None:
    """Wait until every insert that began before now has ended. PostgreSQL locks the table for a
    statement before it looks at the data, so one that has not seen our last commit is waited for;
    on SQLite whoever writes is alone anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("LOCK TABLE sealed_ballot IN SHARE MODE"))


__all__ = ["ROUND", "Refusal", "receive", "wait_for_others"]
