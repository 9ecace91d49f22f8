"""What happens to an application: each step checked against the table, and kept."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.people import steps
from dialog.people.steps import Steps
from dialog.research.models import ApplicationStep, DataApplication, State
from dialog.research.states import TRANSITIONS, Action, refusal

CREATE = "create"
_STEPS: Final = Steps(ApplicationStep, of="application_id", table=TRANSITIONS, refusal=refusal)


def hold(session: Session, *, application: DataApplication) -> None:
    """Read it again and keep others from changing it until this transaction ends."""
    steps.hold(session, application)


def check(session: Session, *, application: DataApplication, action: Action) -> None:
    """Hold the application, and refuse if `action` is not possible. Nothing is changed then."""
    _STEPS.check(session, application, action)


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
    return _STEPS.take(session, application, action, by=by, reason=reason, after=after)


def keep(
    session: Session,
    *,
    application: DataApplication,
    action: str,
    by: UUID | None,
    reason: str = "",
) -> ApplicationStep:
    """Write down what happened that is no step of the table."""
    return _STEPS.keep(session, application, action, by=by, reason=reason)


def steps_of(
    session: Session, *, application: DataApplication
) -> Sequence[tuple[ApplicationStep, str]]:
    """What has happened, the first first, with the name of who did it (empty: the platform)."""
    return _STEPS.kept(session, application)


def reason_wanted(reason: str, sentence: str = "") -> str:
    """The reason without blanks around it; RefusedError if there is none."""
    if not reason.strip():
        raise RefusedError(sentence or _("Skriv varför."))
    return reason.strip()
