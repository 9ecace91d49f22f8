"""What the diary says of what follows a letter: it is withheld where that of the letter is."""

from datetime import date, datetime

from sqlmodel import Session

from dialog.diary.facts import Facts
from dialog.diary.models import Direction
from dialog.storage.clock import STOCKHOLM
from dialog.submissions.handling import queries
from dialog.submissions.handling.entering import line_of
from dialog.submissions.models import Submission

LONGEST = 300  # signs, of what a document is about and of who sent it


def facts_of(
    session: Session,
    submission: Submission,
    direction: Direction,
    what: str,
    *,
    at: datetime,
    other: str = "",
    on: date | None = None,
) -> Facts:
    """`what` it is ("Svar"), before what the letter is about; `other` is who sent or gets it, the
    letter's senders where nothing is said; `on` the day in Sweden if it is not that of `at`.
    """
    letter = line_of(session, submission=submission)
    if not other:
        other = queries.senders_of(session, submissions=[submission])[submission.id]
    subject, other = f"{what}: {letter.subject}"[:LONGEST], other[:LONGEST]
    return Facts(
        subject=subject,
        public_subject=None if letter.public_subject is None else subject,
        arrived_on=on or at.astimezone(STOCKHOLM).date(),
        correspondent=other,
        public_correspondent=None if letter.public_correspondent is None else other,
        direction=direction,
        secrecy=letter.secrecy,
    )
