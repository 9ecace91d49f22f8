"""What happens to a meeting: each step checked against the table, and kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.meetings import events, forgetting
from dialog.meetings.live_models import EventKind
from dialog.meetings.models import Meeting, MeetingStep
from dialog.meetings.states import TRANSITIONS, Action, refusal
from dialog.people import steps
from dialog.people.steps import Steps

CREATE = "create"
CHANGE = "change"
DISPOSE = "dispose"  # of passes, and of what they left
_STEPS: Final = Steps(MeetingStep, of="meeting_id", table=TRANSITIONS, refusal=refusal)


def hold(session: Session, *, meeting: Meeting) -> None:
    """Read it again and keep others from changing it until this transaction ends."""
    steps.hold(session, meeting)


def check(session: Session, *, meeting: Meeting, action: Action) -> None:
    """Hold the meeting, and refuse if `action` is not possible. Nothing is changed then."""
    _STEPS.check(session, meeting, action)


def take(
    session: Session, *, meeting: Meeting, action: Action, by: UUID | None, reason: str = ""
) -> MeetingStep:
    """Take a step: the state changes, the step is kept. Raises IllegalTransitionError."""
    step = _STEPS.take(session, meeting, action, by=by, reason=reason)
    forgetting.forget(session, meeting=meeting)
    events.tell(session, meeting_id=meeting.id, kind=EventKind.MEETING)
    return step


def keep(session: Session, *, meeting: Meeting, action: str, by: UUID | None) -> MeetingStep:
    """Write down what happened that is no step of the table."""
    return _STEPS.keep(session, meeting, action, by=by)


def last_time(session: Session, *, meeting: Meeting, action: Action) -> datetime | None:
    """When the step was last taken; None: never."""
    query = (
        select(MeetingStep.at)
        .where(MeetingStep.meeting_id == meeting.id, MeetingStep.action == str(action))
        .order_by(col(MeetingStep.at).desc())
    )
    return session.exec(query).first()


def steps_of(session: Session, *, meeting: Meeting) -> Sequence[tuple[MeetingStep, str]]:
    """What has happened, the first first, with the name of who did it (empty: the platform)."""
    return _STEPS.kept(session, meeting)
