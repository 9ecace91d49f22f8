"""Steps of the authority that those who signed a letter are told of."""

from uuid import UUID

from sqlmodel import Session

from dialog.core.submissions import Action
from dialog.submissions import steps, telling
from dialog.submissions.handling import following
from dialog.submissions.models import Submission, SubmissionStep


def take(
    session: Session, *, submission: Submission, action: Action, by: UUID, reason: str = ""
) -> SubmissionStep:
    """Take the step and have them told, and of a reply those whose letters were joined to this one:
    of one that was forwarded they have signed this one too. Raises IllegalTransitionError.
    """
    step = steps.take(session, submission=submission, action=action, by=by, reason=reason)
    telling.tell(session, submission=submission, again=str(step.id))
    if action is Action.REPLY:
        others = following.answered_with(session, submission=submission)
        for each in [one for one in others if one.joined_to_id is not None]:
            telling.tell(session, submission=each, again=str(step.id))
    return step
