"""What happens to a plan: each step checked against the table, and kept."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.followups.models import FollowUp, FollowUpStep
from dialog.followups.states import TRANSITIONS, Action, refusal
from dialog.people import steps
from dialog.people.steps import Steps

CREATE = "create"
CHANGE = "change"
WROTE = (CREATE, CHANGE, Action.SUBMIT)
_STEPS: Final = Steps(FollowUpStep, of="followup_id", table=TRANSITIONS, refusal=refusal)


def hold(session: Session, *, plan: FollowUp) -> None:
    """Read it again and keep others from changing it until this transaction ends."""
    steps.hold(session, plan)


def check(session: Session, *, plan: FollowUp, action: Action) -> None:
    """Hold the plan, and refuse if `action` is not possible. Nothing is changed then."""
    _STEPS.check(session, plan, action)


def take(
    session: Session, *, plan: FollowUp, action: Action, by: UUID | None, reason: str = ""
) -> FollowUpStep:
    """Take a step: the state changes, the step is kept. Raises IllegalTransitionError."""
    return _STEPS.take(session, plan, action, by=by, reason=reason)


def keep(session: Session, *, plan: FollowUp, action: str, by: UUID | None) -> FollowUpStep:
    """Write down what happened that is no step of the table."""
    return _STEPS.keep(session, plan, action, by=by)


def authors(session: Session, *, plan: FollowUp) -> frozenset[UUID]:
    """Who had a part in writing the plan: they neither approve it nor hold a key."""
    query = select(FollowUpStep.person_id).where(
        FollowUpStep.followup_id == plan.id,
        col(FollowUpStep.action).in_([str(each) for each in WROTE]),
    )
    found = {person for person in session.exec(query) if person is not None}
    return frozenset({plan.author_id} | found)


def steps_of(session: Session, *, plan: FollowUp) -> Sequence[tuple[FollowUpStep, str]]:
    """What has happened, the first first, with the name of who did it (empty: the platform)."""
    return _STEPS.kept(session, plan)
