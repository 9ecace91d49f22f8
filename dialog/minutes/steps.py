"""What happens to minutes: each step checked against the table, and kept."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.minutes.models import Minutes, MinutesStep
from dialog.minutes.states import TRANSITIONS, Action, refusal
from dialog.people.models import Person
from dialog.storage.clock import now

BEGIN = "begin"
REPLACE = "replace"


def check(session: Session, *, minutes: Minutes, action: Action) -> None:
    """Hold the minutes until this transaction ends, and refuse if `action` is not possible. All
    that writes to them begins here, so a locked text is changed by nobody.
    """
    session.flush()
    session.refresh(minutes, with_for_update=True)
    if minutes.state not in TRANSITIONS[action].before:
        raise refusal(minutes.state, action)


def take(
    session: Session, *, minutes: Minutes, action: Action, by: UUID | None, reason: str = ""
) -> None:
    """Take a step: the state changes, the step is kept. Raises IllegalTransitionError."""
    check(session, minutes=minutes, action=action)
    before = str(minutes.state)
    minutes.state = TRANSITIONS[action].after or minutes.state
    session.add(minutes)
    keep(session, minutes=minutes, action=action, by=by, before=before, reason=reason)


def keep(
    session: Session,
    *,
    minutes: Minutes,
    action: str,
    by: UUID | None,
    before: str = "",
    reason: str = "",
) -> None:
    """Write down what happened, with who, when and why."""
    session.add(
        MinutesStep(
            minutes_id=minutes.id,
            person_id=by,
            at=now(),
            action=str(action),
            before=before or str(minutes.state),
            after=str(minutes.state),
            number=minutes.number,
            reason=reason,
        )
    )
    session.flush()


def steps_of(session: Session, *, minutes: Minutes) -> Sequence[tuple[MinutesStep, str]]:
    """What has happened, the first first, with the name of who did it (empty: the platform)."""
    query = (
        select(MinutesStep, Person.name)
        .join(Person, col(Person.id) == col(MinutesStep.person_id), isouter=True)
        .where(MinutesStep.minutes_id == minutes.id)
        .order_by(col(MinutesStep.at), col(MinutesStep.id))
    )
    return [(step, name or "") for step, name in session.exec(query)]
