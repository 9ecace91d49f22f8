"""Reminders to handlers: a week before the promised day, the day before, and when it has passed."""

from datetime import timedelta
from typing import Final

from sqlmodel import col, select

from dialog.core.letter_times import REMINDED_LATE, REMINDERS, reminder_due
from dialog.core.submissions import HANDLED
from dialog.desk import Desk
from dialog.storage import outbox
from dialog.storage.clock import STOCKHOLM, now, today
from dialog.submissions.handling import letters
from dialog.submissions.handling.letters import Letter
from dialog.submissions.models import Submission

HOUR: Final = 8  # in Sweden: mail comes when people are at work


def remind_due(desk: Desk) -> None:
    """Ask for the reminders of today. The outbox knows which were asked for: each is sent once for
    each promised day and handler.
    """
    if now().astimezone(STOCKHOLM).hour < HOUR:
        return
    day = today()
    with desk.reading() as session:
        query = select(Submission).where(
            col(Submission.state).in_(HANDLED),
            col(Submission.promised_on) <= day - timedelta(days=min(REMINDERS)),
            col(Submission.promised_on) > day - timedelta(days=max(REMINDERS) + REMINDED_LATE),
        )
        due = [
            each.id
            for each in session.exec(query)
            if (asked := _asked(each)) is not None
            and not outbox.is_known(session, key=letters.key_of(each, *asked))
        ]
    for submission_id in due:
        with desk.writing() as session:
            submission = session.get_one(Submission, submission_id, with_for_update=True)
            asked = _asked(submission) if submission.state in HANDLED else None
            if asked is not None:
                letter, occasion = asked
                letters.ask(session, submission=submission, letter=letter, occasion=occasion)
            session.commit()


def _asked(submission: Submission) -> tuple[Letter, str] | None:
    """What its handler is to be told today, and the occasion, if anything."""
    promised = submission.promised_on
    days = reminder_due(promised, today()) if promised else None
    if days is None:
        return None
    return (Letter.SOON if days < 0 else Letter.LATE), f"{promised}:{days}"
