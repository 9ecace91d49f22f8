"""What can happen to a request to read an authority's documents, and what comes of it.

Domain: received → located → assessed (at each request, not at registration) → released | partly |
refused by the official → the authority's decision (OSL 6:3, 6:7) → appealed → closed.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dialog.core import transitions
from dialog.core.transitions import Transition


class State(StrEnum):
    RECEIVED = "received"
    LOCATED = "located"  # it is known which documents it is about
    ASSESSED = "assessed"  # of each it is said whether it can be released
    RELEASED = "released"  # all of them, whole
    PARTLY = "partly"
    REFUSED = "refused"  # nothing was released, or there is nothing
    CONTESTED = "contested"  # the requester wants the authority's decision
    DECIDED = "decided"
    APPEALED = "appealed"
    CLOSED = "closed"


class Action(StrEnum):
    LOCATE = "locate"
    FIND_NOTHING = "find-nothing"  # there is no such document, which is then the answer
    ASSESS = "assess"
    ASK = "ask"  # the requester what is meant
    EXPLAIN = "explain"  # the requester's answer to that
    REGISTER = "register"
    ASSIGN = "assign"  # a handler
    ANSWER = "answer"
    CONTEST = "contest"
    DECIDE = "decide"
    APPEAL = "appeal"
    CLOSE = "close"


class Verdict(StrEnum):
    """What is said of one document."""

    WHOLE = "whole"
    REDACTED = "redacted"
    REFUSED = "refused"


S = State
OPEN: Final = frozenset({S.RECEIVED, S.LOCATED, S.ASSESSED})  # waits for an answer
ANSWERED: Final = frozenset({S.RELEASED, S.PARTLY, S.REFUSED})
REVIEWED: Final = frozenset({S.CONTESTED, S.APPEALED})  # the authority itself decides, and a court
WORKED: Final = OPEN | REVIEWED  # documents can be found and assessed
_LATER: Final = REVIEWED | {S.DECIDED}
TRANSITIONS: Final[Mapping[Action, Transition[State]]] = {
    Action.LOCATE: Transition(WORKED, None),  # LOCATED, or where it is if it is reviewed
    Action.FIND_NOTHING: Transition(frozenset({S.RECEIVED, S.LOCATED}), S.ASSESSED),
    Action.ASSESS: Transition(frozenset({S.LOCATED}), S.ASSESSED),
    Action.ASK: Transition(OPEN, None),
    Action.EXPLAIN: Transition(OPEN, None, by_people=False),
    Action.REGISTER: Transition(OPEN, None),
    Action.ASSIGN: Transition(OPEN | ANSWERED | _LATER, None),
    Action.ANSWER: Transition(frozenset({S.ASSESSED}), None),
    # Of one that was closed too, if it was not decided: no day has passed by which to ask.
    Action.CONTEST: Transition(
        frozenset({S.PARTLY, S.REFUSED, S.CLOSED}), S.CONTESTED, by_people=False
    ),
    Action.DECIDE: Transition(REVIEWED, S.DECIDED),  # anew, where a court has ruled
    # Of one that was closed too, if it was decided: the court says whether it came in time.
    Action.APPEAL: Transition(frozenset({S.DECIDED, S.CLOSED}), S.APPEALED),
    Action.CLOSE: Transition(ANSWERED | {S.DECIDED, S.APPEALED}, S.CLOSED),
}
WAITING: Final = OPEN | {S.CONTESTED}  # for us


def possible(state: State) -> tuple[Action, ...]:
    """What officials can do with a request in `state`, in the order of the table."""
    return transitions.possible(TRANSITIONS, state)


def outcome(verdicts: Collection[Verdict]) -> State:
    """What the answer is, by what is said of each document; of none there is nothing to release."""
    said = set(verdicts)
    if not said or said == {Verdict.REFUSED}:
        return State.REFUSED
    return State.RELEASED if said == {Verdict.WHOLE} else State.PARTLY


_LAW: Final = r"(OSL|TF)"
_PARAGRAPH: Final = re.compile(
    rf"{_LAW}?\s*(\d{{1,2}})\s*(?::|KAP\.?)\s*(\d{{1,2}})\s*([A-H])?\s*§?\s*{_LAW}?"
)


def read_paragraph(text: str) -> str | None:
    """The paragraph that something is withheld by, as it is cited: "25 kap. 1 § OSL" of "25:1" or
    "OSL 25 kap 1 §"; OSL where no law is named. None if it is none.
    """
    found = _PARAGRAPH.fullmatch(text.strip().upper())
    if found is None:
        return None
    before, chapter, paragraph, letter, after = found.groups()
    letter = f" {letter.lower()}" if letter else ""
    return f"{int(chapter)} kap. {int(paragraph)}{letter} § {before or after or 'OSL'}"


@dataclass(frozen=True)
class Waits:
    """How long answers took: by span of days, and the day by which half of them had come."""

    number: int
    median: float | None  # days; None of no answers
    spans: Mapping[int, int]  # how many took at most so many days (LONGER: more)


LONGER: Final = 10**6
SPANS: Final = (0, 2, 7, 14, 30, LONGER)  # days


def waits(days: Collection[int]) -> Waits:
    """`days` from each request's arrival to its answer."""
    ordered = sorted(days)
    number, middle = len(ordered), len(ordered) // 2
    median = None
    if number:
        median = (ordered[middle] + ordered[-middle - 1]) / 2
    spans = dict.fromkeys(SPANS, 0)
    for each in ordered:
        spans[next(most for most in SPANS if each <= most)] += 1
    return Waits(number, median, spans)
