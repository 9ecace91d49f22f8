"""What happens to a letter: each step checked against the table, and kept."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import IllegalTransitionError
from dialog.core.submissions import TRANSITIONS, Action, State, possible
from dialog.people import steps
from dialog.people.steps import Steps
from dialog.submissions.models import Submission, SubmissionStep
from dialog.submissions.words import DOING, STATES
from dialog.web.refusing import illegal


def refusal(state: State, action: Action) -> IllegalTransitionError:
    wrong = _(
        "Det går inte att %(what)s: den är i läget ”%(state)s”.",
        what=DOING[action],
        state=STATES[state],
    )
    doing = [DOING[each] for each in possible(state)]
    return illegal(wrong, doing, over=_("Inget mer kan göras med den."))


_STEPS: Final = Steps(SubmissionStep, of="submission_id", table=TRANSITIONS, refusal=refusal)


def hold(session: Session, *, submission: Submission) -> None:
    """Read it again and keep others from changing it until this transaction ends."""
    steps.hold(session, submission)


def check(session: Session, *, submission: Submission, action: Action) -> None:
    """Hold the letter, and refuse if `action` is not possible. Nothing is changed then."""
    _STEPS.check(session, submission, action)


def take(
    session: Session,
    *,
    submission: Submission,
    action: Action,
    by: UUID | None = None,
    organisation_id: UUID | None = None,
    reason: str = "",
    **more: Any,
) -> SubmissionStep:
    """Take a step: the state changes, the step is kept. It is a person's (`by`), or an
    organisation's, or, of an anonymous sender, nobody's. Raises IllegalTransitionError.
    """
    return _STEPS.take(
        session, submission, action,
        by=by, organisation_id=organisation_id, reason=reason, **more,
    )  # fmt: skip


def steps_of(session: Session, *, submission: Submission) -> Sequence[tuple[SubmissionStep, str]]:
    """What has happened, the first first, with the name of which person of the authority did it
    (empty: an organisation, or an anonymous sender).
    """
    return _STEPS.kept(session, submission)
