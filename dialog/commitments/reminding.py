"""Reminders to owners: a week before the day, on it, the day after, and two weeks after."""

from datetime import date, timedelta
from typing import Final

from sqlmodel import col, select

from dialog.commitments import letters
from dialog.commitments.letters import Letter
from dialog.commitments.models import Commitment
from dialog.core.commitments import PROMISED, REMINDED_LATE, REMINDERS, reminder_due
from dialog.desk import Desk
from dialog.storage import outbox
from dialog.storage.clock import STOCKHOLM, now, today

HOUR: Final = 8  # in Sweden: mail comes when people are at work


def remind_due(desk: Desk) -> None:
    """Ask for the reminders of today. The outbox knows which were asked for: each is sent once for
    each day that something was to be done by, and once more when the day was moved.
    """
    if now().astimezone(STOCKHOLM).hour < HOUR:
        return
    day = today()
    with desk.reading() as session:
        query = select(Commitment).where(
            col(Commitment.state).in_(PROMISED),
            col(Commitment.due) <= day - timedelta(days=min(REMINDERS)),
            col(Commitment.due) > day - timedelta(days=max(REMINDERS) + REMINDED_LATE),
        )
        due = [
            (each.id, days)
            for each in session.exec(query)
            if (days := _days(each.due, day)) is not None
            and not outbox.is_known(session, key=_key(each, days))
        ]
    for commitment_id, days in due:
        with desk.writing() as session:
            commitment = session.get_one(Commitment, commitment_id, with_for_update=True)
            if commitment.state in PROMISED and _days(commitment.due, day) == days:
                letters.ask(
                    session,
                    commitment=commitment,
                    letter=_letter(days),
                    to=commitment.owner_id,
                    again=_occasion(commitment, days),
                )
            session.commit()


def _days(due: date | None, day: date) -> int | None:
    return reminder_due(due, day) if due else None


def _letter(days: int) -> Letter:
    if days == 0:
        return Letter.TODAY
    return Letter.SOON if days < 0 else Letter.LATE


def _occasion(commitment: Commitment, days: int) -> str:
    return f"{commitment.due}:{days}"


def _key(commitment: Commitment, days: int) -> str:
    return (
        f"{letters.KIND}:{_letter(days)}:{commitment.id}:{commitment.owner_id}"
        f":{_occasion(commitment, days)}"
    )
