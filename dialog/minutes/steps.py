"""What happens to minutes: each step checked against the table, and kept."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlmodel import Session

from dialog.minutes.models import Minutes, MinutesStep
from dialog.minutes.states import TRANSITIONS, Action, refusal
from dialog.people.steps import Steps

BEGIN = "begin"
REPLACE = "replace"
_STEPS: Final = Steps(MinutesStep, of="minutes_id", table=TRANSITIONS, refusal=refusal)


def check(session: Session, *, minutes: Minutes, action: Action) -> None:
    """Hold the minutes until this transaction ends, and refuse if `action` is not possible. All
    that writes to them begins here, so a locked text is changed by nobody.
    """
    _STEPS.check(session, minutes, action)


def take(
    session: Session, *, minutes: Minutes, action: Action, by: UUID | None, reason: str = ""
) -> None:
    """Take a step: the state changes, the step is kept. Raises IllegalTransitionError."""
    _STEPS.take(session, minutes, action, by=by, reason=reason, number=minutes.number)


def keep(
    session: Session, *, minutes: Minutes, action: str, by: UUID | None, reason: str = ""
) -> None:
    """Write down what happened that is no step of the table."""
    _STEPS.keep(session, minutes, action, by=by, reason=reason, number=minutes.number)


def steps_of(session: Session, *, minutes: Minutes) -> Sequence[tuple[MinutesStep, str]]:
    """What has happened, the first first, with the name of who did it (empty: the platform)."""
    return _STEPS.kept(session, minutes)
