"""Steps of the authority that those who signed a letter are told of."""

from uuid import UUID

from sqlmodel import Session, select

from dialog.core.submissions import Action
from dialog.submissions import steps, telling
from dialog.submissions.models import Submission, SubmissionStep


def take(
    session: Session, *, submission: Submission, action: Action, by: UUID, reason: str = ""
) -> SubmissionStep:
    """Take the step and have them told, and of a reply those whose letters were joined to this one.
    Raises IllegalTransitionError.
    """
    step = steps.take(session, submission=submission, action=action, by=by, reason=reason)
    telling.tell(session, submission=submission, again=str(step.id))
    if action is Action.REPLY:
        joined = select(Submission).where(Submission.joined_to_id == submission.id)
        for each in session.exec(joined).all():
            telling.tell(session, submission=each, again=str(step.id))
    return step
