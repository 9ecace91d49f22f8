"""Reminders on the dates that were approved, to those for whom no token was signed yet."""

from datetime import timedelta

from sqlmodel import col, select

from dialog.desk import Desk
from dialog.storage.clock import STOCKHOLM, now, today
from dialog.surveys.models import Round, RoundState
from dialog.surveys.rounds import sending, steps
from dialog.surveys.rounds.inviting import HOUR

LATE = timedelta(days=1)  # after a longer standstill a reminder is left out, not sent late


def action(day: str) -> str:
    """The step that says that the reminder of this ISO date was planned."""
    return f"remind-{day}"


def remind_due(desk: Desk) -> None:
    """Plan the batches of reminders whose date is today (or was yesterday)."""
    if now().astimezone(STOCKHOLM).hour < HOUR:
        return
    days = {(today() - LATE).isoformat(), today().isoformat()}
    with desk.reading() as session:
        open_ = session.exec(select(Round).where(col(Round.state) == RoundState.OPEN)).all()
        due = [
            (round_.id, day)
            for round_ in open_
            if round_.access.mails
            for day in sorted(days & set(round_.reminders))
            if not steps.has_happened(session, round_=round_, action=action(day))
        ]
    for round_id, day in due:
        with desk.writing() as session:
            round_ = session.get_one(Round, round_id)
            steps.hold(session, round_=round_)
            planned = steps.has_happened(session, round_=round_, action=action(day))
            if round_.state is RoundState.OPEN and not planned:
                sending.plan(
                    session,
                    round_=round_,
                    kind=sending.REMINDER,
                    not_before=now(),
                    occasion=day,
                )
                steps.keep(session, round_=round_, action=action(day), by=None)
            session.commit()
