"""What happens to a plan: each step checked against the table, and kept."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.followups.models import FollowUp, FollowUpStep, PlanState
from dialog.followups.states import TRANSITIONS, Action, refusal
from dialog.people.models import Person
from dialog.storage.clock import now

CREATE = "create"
CHANGE = "change"
WROTE = (CREATE, CHANGE, Action.SUBMIT)


def hold(session: Session, *, plan: FollowUp) -> None:
    """Read it again and keep others from changing it until this transaction ends."""
    session.flush()
    session.refresh(plan, with_for_update=True)


def check(session: Session, *, plan: FollowUp, action: Action) -> None:
    """Hold the plan, and refuse if `action` is not possible. Nothing is changed then."""
    hold(session, plan=plan)
    if plan.state not in TRANSITIONS[action].before:
        raise refusal(plan.state, action)


def take(
    session: Session, *, plan: FollowUp, action: Action, by: UUID | None, reason: str = ""
) -> FollowUpStep:
    """Take a step: the state changes, the step is kept. Raises IllegalTransitionError."""
    check(session, plan=plan, action=action)
    before = plan.state
    plan.state = TRANSITIONS[action].after or before
    return keep(session, plan=plan, action=action, by=by, before=before, reason=reason)


def keep(
    session: Session,
    *,
    plan: FollowUp,
    action: str,
    by: UUID | None,
    before: PlanState | None = None,
    reason: str = "",
) -> FollowUpStep:
    """Write down what happened, with who, when and why."""
    step = FollowUpStep(
        followup_id=plan.id,
        person_id=by,
        at=now(),
        action=str(action),
        before=str(before or plan.state),
        after=str(plan.state),
        reason=reason,
    )
    session.add(plan)
    session.add(step)
    session.flush()
    return step


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
    query = (
        select(FollowUpStep, Person.name)
        .join(Person, col(Person.id) == col(FollowUpStep.person_id), isouter=True)
        .where(FollowUpStep.followup_id == plan.id)
        .order_by(col(FollowUpStep.at), col(FollowUpStep.id))
    )
    return [(step, name or "") for step, name in session.exec(query)]
