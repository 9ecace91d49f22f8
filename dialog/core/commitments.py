"""What can happen to a commitment, when it is late, and how it stands.

Domain: proposed → accepted → active → reported done → confirmed | disputed → closed. Whoever
disputes sends it back to its owner; what is not pursued needs a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from dialog.core import transitions
from dialog.core.transitions import Transition


class State(StrEnum):
    PROPOSED = "proposed"  # waits for its owner to accept
    ACCEPTED = "accepted"  # somebody answers for it, until a day
    ACTIVE = "active"  # work has begun
    DONE = "done"  # reported done; those it was promised to answer whether it is
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    CLOSED = "closed"
    DROPPED = "dropped"  # not pursued


class Action(StrEnum):
    ACCEPT = "accept"
    PROGRESS = "progress"
    REPORT_DONE = "report-done"
    ASK_FOR_DATE = "ask-for-date"
    GRANT_DATE = "grant-date"
    REFUSE_DATE = "refuse-date"
    HAND_OVER = "hand-over"
    DROP = "drop"
    ANSWER = "answer"
    CONFIRM = "confirm"
    DISPUTE = "dispute"
    LAPSE = "lapse"  # too few answered
    CLOSE = "close"


class Verdict(StrEnum):
    """What those it was promised to have said of it."""

    NONE = "none"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    FEW = "few"  # too few answered to say


class Standing(StrEnum):
    """How a commitment stands, for everybody to see and for counting: one of these."""

    UNDER_WAY = "under-way"
    LATE = "late"
    AWAITING = "awaiting"  # reported done
    KEPT = "kept"
    DISPUTED = "disputed"
    UNANSWERED = "unanswered"  # done by its owner's word, and too few answered
    DROPPED = "dropped"


S = State
PROMISED: Final = frozenset({S.ACCEPTED, S.ACTIVE, S.DISPUTED})  # somebody has it to do
_HELD: Final = PROMISED | {S.PROPOSED}
# Not done by anybody's word; of one that was accepted once. What is disputed is told as that.
UNDONE: Final = frozenset({S.PROPOSED, S.ACCEPTED, S.ACTIVE})
TRANSITIONS: Final[Mapping[Action, Transition[State]]] = {
    Action.ACCEPT: Transition(frozenset({S.PROPOSED}), S.ACCEPTED),
    Action.PROGRESS: Transition(PROMISED, S.ACTIVE),
    Action.REPORT_DONE: Transition(PROMISED, S.DONE),
    Action.ASK_FOR_DATE: Transition(PROMISED, None),
    Action.GRANT_DATE: Transition(PROMISED, None),
    Action.REFUSE_DATE: Transition(PROMISED, None),
    Action.HAND_OVER: Transition(_HELD, S.PROPOSED),
    Action.DROP: Transition(_HELD, S.DROPPED),
    Action.ANSWER: Transition(frozenset({S.DONE}), None),
    Action.CONFIRM: Transition(frozenset({S.DONE}), S.CONFIRMED, by_people=False),
    Action.DISPUTE: Transition(frozenset({S.DONE}), S.DISPUTED, by_people=False),
    Action.LAPSE: Transition(frozenset({S.DONE}), S.CLOSED, by_people=False),
    Action.CLOSE: Transition(frozenset({S.CONFIRMED, S.DISPUTED}), S.CLOSED),
}
NEEDS_REASON: Final = frozenset(
    {Action.DROP, Action.HAND_OVER, Action.ASK_FOR_DATE, Action.REFUSE_DATE}
)
ANSWERING: Final = timedelta(days=14)  # how long those it was promised to can answer
# Days from the due day on which its owner is reminded; each time once, for each due day.
REMINDERS: Final = (-7, 0, 1, 14)
REMINDED_LATE: Final = 3  # days; after a longer standstill a reminder is left out, not sent late


def possible(state: State) -> tuple[Action, ...]:
    """What people can do with a commitment in `state`, in the order of the table."""
    return transitions.possible(TRANSITIONS, state)


def is_late(state: State, due: date | None, today: date) -> bool:
    """Whether the day has passed and nobody says that it is done."""
    return state in UNDONE and due is not None and due < today


def standing(state: State, verdict: Verdict, due: date | None, today: date) -> Standing:
    """How it stands; of one that was accepted once."""
    if is_late(state, due, today):
        return Standing.LATE
    if state is S.CLOSED:
        return {
            Verdict.CONFIRMED: Standing.KEPT,
            Verdict.DISPUTED: Standing.DISPUTED,
        }.get(verdict, Standing.UNANSWERED)
    return {
        S.DONE: Standing.AWAITING,
        S.CONFIRMED: Standing.KEPT,
        S.DISPUTED: Standing.DISPUTED,
        S.DROPPED: Standing.DROPPED,
    }.get(state, Standing.UNDER_WAY)


def reminder_due(due: date, today: date) -> int | None:
    """Which of REMINDERS is to be sent today, if any: the last whose day has come lately."""
    come = [days for days in REMINDERS if 0 <= (today - due).days - days < REMINDED_LATE]
    return max(come, default=None)


@dataclass(frozen=True)
class Said:
    """What is told of the answers: the verdict, and numbers only where they give nobody away."""

    verdict: Verdict
    confirm: int | None = None
    dispute: int | None = None


NEARLY_ALL: Final = 0.9  # docs/decisions/0011: from here on the share itself gives people away


def said(confirm: int, dispute: int, *, k: int) -> Said:
    """What may be told when the time for answering is over. Fewer than `k` answers: nothing but
    that. Nearly all alike: which way, without numbers. An even vote confirms nothing.
    """
    number = confirm + dispute
    if number == 0 or number < k:
        return Said(Verdict.FEW)
    verdict = Verdict.CONFIRMED if confirm > dispute else Verdict.DISPUTED
    if k > 1 and max(confirm, dispute) >= NEARLY_ALL * number:
        return Said(verdict)
    return Said(verdict, confirm, dispute)
