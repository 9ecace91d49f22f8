"""The receipt: a number of its own, which says that the authority has the letter. The diary's comes
when it is registered; the law keeps the two apart.
"""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from dialog.core.submissions import receipt_number
from dialog.storage import counters
from dialog.storage.clock import STOCKHOLM
from dialog.submissions.models import Submission, SubmissionSeries


def take(session: Session, *, at: datetime) -> tuple[int, int]:
    """The next number of the year in which `at` is in Sweden: (year, serial). Taken as the last
    thing that its transaction locks, for others who submit wait for it.
    """
    year = at.astimezone(STOCKHOLM).year
    sqlite_too = session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert(SubmissionSeries) if sqlite_too else postgresql.insert(SubmissionSeries)
    session.connection().execute(insert.values(year=year, last=0).on_conflict_do_nothing())
    where = col(SubmissionSeries.year) == year
    return year, counters.take(session, SubmissionSeries, "last", where)


def number_of(submission: Submission) -> str:
    """The number of a letter that was submitted; see core.submissions.receipt_number."""
    assert submission.receipt_year is not None
    assert submission.receipt_serial is not None
    return receipt_number(
        submission.receipt_year, submission.receipt_serial, submission.receipt_letter
    )
