"""What time brings to a round: its deadline, the opening of its answers, what the box is told."""

from uuid import UUID

import structlog
from sqlmodel import col, select

from dialog.storage.clock import now
from dialog.surveys.models import Round, RoundState
from dialog.surveys.opening import exchange, opening
from dialog.surveys.rounds import steps
from dialog.surveys.rounds.desk import Desk, Duty
from dialog.surveys.rounds.states import ANNOUNCED, RUNNING

log = structlog.get_logger()
UNSEALED = (RoundState.OPENED, RoundState.UNOPENED, RoundState.RELEASED)


def announce(desk: Desk, duty: Duty) -> None:
    """Tell the ballot box how the round of a duty stands."""
    announce_round(desk, round_id=UUID(str(duty.payload["round"])))


def announce_round(desk: Desk, *, round_id: UUID) -> None:
    """Write the round's state file from what the database says, while nobody can change it: of
    two that write at once the last one has the newest state, so a closed round never looks open.
    """
    with desk.writing() as session:
        round_ = session.get_one(Round, round_id)
        steps.hold(session, round_=round_)
        if round_.state in ANNOUNCED:
            exchange.announce(round_, desk.settings)


def announce_all(desk: Desk) -> None:
    """Tell of every round that the ballot box has to do with: when the worker starts, and now and
    then, in case a file was lost. What has been told already is not written again.
    """
    with desk.reading() as session:
        current = session.exec(select(Round.id).where(col(Round.state).in_(ANNOUNCED))).all()
    for round_id in current:
        announce_round(desk, round_id=round_id)


def close_due(desk: Desk) -> None:
    """Close the rounds whose deadline has passed, paused ones too."""
    with desk.reading() as session:
        due = session.exec(
            select(Round.id).where(col(Round.state).in_(RUNNING), col(Round.closes_at) <= now())
        ).all()
    for round_id in due:
        with desk.writing() as session:
            round_ = session.get_one(Round, round_id)
            steps.hold(session, round_=round_)
            if round_.state in RUNNING and round_.closes_at and round_.closes_at <= now():
                steps.close(session, round_=round_, by=None)
            session.commit()


def open_due(desk: Desk) -> None:
    """Open the answers of closed rounds that the ballot box has handed over, and finish what was
    cut off between writing the answers and destroying the key.
    """
    with desk.reading() as session:
        closed = session.exec(select(Round.id).where(Round.state == RoundState.CLOSED)).all()
        unfinished = session.exec(
            select(Round.id).where(
                col(Round.state).in_(UNSEALED),
                col(Round.key_destroyed_at).is_(None),
            )
        ).all()
    for round_id in closed:
        if exchange.handed_over(round_id, desk.settings):
            _open(desk, round_id=round_id)
            _finish(desk, round_id=round_id)
    for round_id in unfinished:
        _finish(desk, round_id=round_id)


def _open(desk: Desk, *, round_id: UUID) -> None:
    with desk.writing() as session:
        round_ = session.get_one(Round, round_id)
        steps.hold(session, round_=round_)
        if round_.state is not RoundState.CLOSED:
            return
        try:
            outcome = opening.open_round(session, round_=round_, settings=desk.settings)
        except opening.NotHandedOverError:
            return
        except opening.WrongBatchError as wrong:
            session.rollback()
            _note_problem(desk, round_id=round_id, sentence=wrong.sentence)
            return
        round_.ending_note = ""  # what hindered it before is over
        if outcome.opened:
            steps.unseal(session, round_=round_)
        else:
            steps.end_unopened(session, round_=round_, reason=outcome.note)
        session.commit()


def _finish(desk: Desk, *, round_id: UUID) -> None:
    with desk.writing() as session:
        round_ = session.get_one(Round, round_id)
        steps.hold(session, round_=round_)
        if round_.state not in UNSEALED:
            return
        try:
            opening.finish(session, round_=round_, settings=desk.settings)
        except opening.WrongBatchError as wrong:
            session.rollback()
            _note_problem(desk, round_id=round_id, sentence=wrong.sentence)
            return
        session.commit()


def _note_problem(desk: Desk, *, round_id: UUID, sentence: str) -> None:
    """Show on the round's page what hinders it, once."""
    log.error("round cannot be opened", round=str(round_id))
    with desk.writing() as session:
        round_ = session.get_one(Round, round_id)
        if round_.ending_note != sentence:
            round_.ending_note = sentence
            session.add(round_)
            session.commit()
