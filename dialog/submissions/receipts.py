"""The receipt: a number of its own, which says that the authority has the letter. The diary's comes
when it is registered; the law keeps the two apart.
"""

from datetime import datetime

from sqlmodel import Session, col

from dialog.core.receipts import ReceiptNumber
from dialog.storage import counters
from dialog.storage.clock import STOCKHOLM
from dialog.storage.ensuring import ensure
from dialog.submissions.models import Submission, SubmissionSeries


def take(session: Session, *, at: datetime) -> tuple[int, int]:
    """The next number of the year in which `at` is in Sweden: (year, serial). Taken as the last
    thing that its transaction locks, for others who submit wait for it.
    """
    year = at.astimezone(STOCKHOLM).year
    ensure(session, SubmissionSeries, year=year, last=0)
    where = col(SubmissionSeries.year) == year
    return year, counters.take(session, SubmissionSeries, "last", where)


def number_of(submission: Submission) -> str:
    """The number of a letter that was submitted: "2026-00031", or "S-2026-00012" of the series
    with a letter.
    """
    assert submission.receipt_year is not None
    assert submission.receipt_serial is not None
    number = ReceiptNumber(
        submission.receipt_letter, submission.receipt_year, submission.receipt_serial
    )
    return str(number)
