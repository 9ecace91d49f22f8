"""What happens to a meeting: each step checked against the table, and kept."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.meetings import events, forgetting
from dialog.meetings.live_models import EventKind
from dialog.meetings.models import Meeting, MeetingState, MeetingStep
from dialog.meetings.states import TRANSITIONS, Action, refusal
from dialog.people.models import Person
from dialog.storage.clock import now

CREATE = "create"
CHANGE = "change"
DISPOSE = "dispose"  # of passes, and of what they left


def hold(session: Session, *, meeting: Meeting) -> None:
    """Read it again and keep others from changing it until this transaction ends."""
    session.flush()
    session.refresh(meeting, with_for_update=True)


def check(session: Session, *, meeting: Meeting, action: Action) -> None:
    """Hold the meeting, and refuse if `action` is not possible. Nothing is changed then."""
    hold(session, meeting=meeting)
    if meeting.state not in TRANSITIONS[action].before:
        raise refusal(meeting.state, action)


def take(
    session: Session, *, meeting: Meeting, action: Action, by: UUID | None, reason: str = ""
) -> MeetingStep:
    """Take a step: the state changes, the step is kept. Raises IllegalTransitionError."""
    check(session, meeting=meeting, action=action)
    before = meeting.state
    meeting.state = TRANSITIONS[action].after or before
    session.add(meeting)
    forgetting.forget(session, meeting=meeting)
    events.tell(session, meeting_id=meeting.id, kind=EventKind.MEETING)
    return keep(session, meeting=meeting, action=action, by=by, before=before, reason=reason)


def keep(
    session: Session,
    *,
    meeting: Meeting,
    action: str,
    by: UUID | None,
    before: MeetingState | None = None,
    reason: str = "",
) -> MeetingStep:
    """Write down what happened, with who, when and why."""
    step = MeetingStep(
        meeting_id=meeting.id,
        person_id=by,
        at=now(),
        action=str(action),
        before=str(before or meeting.state),
        after=str(meeting.state),
        reason=reason,
    )
    session.add(meeting)
    session.add(step)
    session.flush()
    return step


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
    query = (
        select(MeetingStep, Person.name)
        .join(Person, col(Person.id) == col(MeetingStep.person_id), isouter=True)
        .where(MeetingStep.meeting_id == meeting.id)
        .order_by(col(MeetingStep.at), col(MeetingStep.id))
    )
    return [(step, name or "") for step, name in session.exec(query)]
