"""What happens to an application: each step checked against the table, and kept."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.people.models import Person
from dialog.research.models import ApplicationStep, DataApplication, State
from dialog.research.states import TRANSITIONS, Action, refusal
from dialog.storage.clock import now

CREATE = "create"


def hold(session: Session, *, application: DataApplication) -> None:
    """Read it again and keep others from changing it until this transaction ends."""
    session.flush()
    session.refresh(application, with_for_update=True)


def check(session: Session, *, application: DataApplication, action: Action) -> None:
    """Hold the application, and refuse if `action` is not possible. Nothing is changed then."""
    hold(session, application=application)
    if application.state not in TRANSITIONS[action].before:
        raise refusal(application.state, action)


def take(
    session: Session,
    *,
    application: DataApplication,
    action: Action,
    by: UUID | None,
    reason: str = "",
    after: State | None = None,
) -> ApplicationStep:
    """Take a step: the state changes, the step is kept. `by` None is the platform itself; `after`
    is where a step leads whose end the table leaves open. Raises IllegalTransitionError.
    """
    check(session, application=application, action=action)
    before = application.state
    application.state = TRANSITIONS[action].after or after or before
    return keep(
        session, application=application, action=action, by=by, before=before, reason=reason
    )


def keep(
    session: Session,
    *,
    application: DataApplication,
    action: str,
    by: UUID | None,
    before: State | None = None,
    reason: str = "",
) -> ApplicationStep:
    """Write down what happened, with who, when and why."""
    step = ApplicationStep(
        application_id=application.id,
        person_id=by,
        at=now(),
        action=str(action),
        before=str(before or application.state),
        after=str(application.state),
        reason=reason,
    )
    session.add(application)
    session.add(step)
    session.flush()
    return step


def steps_of(
    session: Session, *, application: DataApplication
) -> Sequence[tuple[ApplicationStep, str]]:
    """What has happened, the first first, with the name of who did it (empty: the platform)."""
    query = (
        select(ApplicationStep, Person.name)
        .join(Person, col(Person.id) == col(ApplicationStep.person_id), isouter=True)
        .where(ApplicationStep.application_id == application.id)
        .order_by(col(ApplicationStep.at), col(ApplicationStep.id))
    )
    return [(step, name or "") for step, name in session.exec(query)]


def reason_wanted(reason: str, sentence: str = "") -> str:
    """The reason without blanks around it; RefusedError if there is none."""
    if not reason.strip():
        raise RefusedError(sentence or _("Skriv varför."))
    return reason.strip()
