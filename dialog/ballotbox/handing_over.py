"""At the end of a round: the ballots go into a signed batch, and later out of the database."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Engine

from dialog.ballotbox.announcements import ROUND, Announcements, Known
from dialog.ballotbox.models import BoxRound, SealedBallot
from dialog.ballotbox.receiving import BALLOT, wait_for_others
from dialog.core.ballots import batch, state
from dialog.core.ballots.state import BoxState
from dialog.storage.signed_files import Side

AT_A_TIME = 200  # ballots in memory


def hand_over_due(
    engine: Engine, *, side: Side, announcements: Announcements, now: datetime
) -> list[UUID]:
    """Write the batch of each round that is closed and whose time to post has passed, and erase
    the ballots of each that is done. Gives the rounds handed over now; again changes nothing.
    """
    written = []
    for round_id in announcements.rounds():
        known = announcements.of(round_id)
        if known is None:
            continue
        if known.announcement.state is BoxState.DONE:
            erase(engine, side=side, round_id=round_id)
        elif state.due(known.announcement, now) and not _is_written(side, round_id):
            hand_over(engine, side=side, round_id=round_id, known=known)
            written.append(round_id)
    return written


def name_of(round_id: UUID) -> str:
    return f"{round_id}.batch"


def _is_written(side: Side, round_id: UUID) -> bool:
    return (side.folder / f"{name_of(round_id)}.sig").exists()


def hand_over(engine: Engine, *, side: Side, round_id: UUID, known: Known) -> None:
    """Take no more ballots for the round, and write those there are, sorted by their SHA-256."""
    with engine.begin() as connection:
        connection.execute(
            sa.update(BoxRound).where(ROUND.c.round_id == round_id).values(handed_over=True)
        )
    with engine.begin() as connection:
        wait_for_others(connection)  # from here on everybody sees that it is handed over
    query = sa.select(BALLOT.c.digest, BALLOT.c.token_hash).where(BALLOT.c.round_id == round_id)
    with engine.connect().execution_options(reading=True) as connection:
        found = sorted((bytes(digest), bytes(token)) for digest, token in connection.execute(query))
    first = batch.header(
        round_id, ballots=len(found), length=known.sealed_length, layers=known.layers
    )
    order = [token for _digest, token in found]
    side.write(name_of(round_id), _parts(engine, first, round_id, order))


def _parts(engine: Engine, first: bytes, round_id: UUID, order: list[bytes]) -> Iterator[bytes]:
    yield first
    for at in range(0, len(order), AT_A_TIME):
        wanted = order[at : at + AT_A_TIME]
        query = sa.select(BALLOT.c.token_hash, BALLOT.c.ballot).where(
            BALLOT.c.round_id == round_id, BALLOT.c.token_hash.in_(wanted)
        )
        with engine.connect().execution_options(reading=True) as connection:
            ballots = {bytes(token): bytes(ballot) for token, ballot in connection.execute(query)}
        for token in wanted:
            yield ballots[token]


def erase(engine: Engine, *, side: Side, round_id: UUID) -> None:
    """Forget the ballots of a round that was opened or never will be. The round itself is kept,
    so that no token of it is ever taken again.
    """
    mine = BALLOT.c.round_id == round_id
    with engine.connect().execution_options(reading=True) as connection:
        some = connection.scalar(sa.select(BALLOT.c.round_id).where(mine).limit(1))
    if some is not None:
        with engine.begin() as connection:
            connection.execute(sa.delete(SealedBallot).where(mine))
    side.remove(name_of(round_id))
