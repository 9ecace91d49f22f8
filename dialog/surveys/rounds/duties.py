"""What time brings to a round: its deadline, and what the ballot box is told."""

from uuid import UUID

from sqlmodel import col, select

from dialog.desk import Desk, Duty
from dialog.storage.clock import now
from dialog.surveys.models import Round
from dialog.surveys.opening import exchange
from dialog.surveys.rounds import steps
from dialog.surveys.rounds.states import ANNOUNCED, RUNNING


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
