"""The days of a round by its plan: opening, closing, the answers opened, the result published."""

from dataclasses import dataclass
from datetime import date, timedelta

from dialog.storage.clock import STOCKHOLM, today
from dialog.surveys.models import KeyHolder, Round

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """`opened` and `published` are the earliest days: the ballot box hands over when the grace
    after closing is over, and the worker opens at once. Sealed ballots are there to the end of
    `sealed_until` at the latest.
    """

    opens: date
    closes: date
    opened: date
    published: date
    sealed_until: date


def of(round_: Round) -> Calendar | None:
    """None where it is not decided when the round closes. One that opens when somebody opens it
    is taken to open today.
    """
    if round_.closes_at is None or round_.unopened_until is None:
        return None
    closes = round_.closes_at.astimezone(STOCKHOLM).date()
    waits = round_.key_holder is KeyHolder.TRUSTEES
    return Calendar(
        opens=min(round_.opens_on or today(), closes),
        closes=closes,
        opened=closes,
        published=max(closes, round_.released_from or closes),
        sealed_until=round_.unopened_until if waits else closes + A_DAY,
    )
