"""Who of the authority sees a letter: registrars, its handler, and who can approve its reply."""

from sqlmodel import Session, col, select

from dialog.core.submissions import State
from dialog.people.permissions import Actor, Handled, may
from dialog.submissions.handling_models import ReplyState, ReplyWriter, SubmissionReply
from dialog.submissions.models import Submission


def handled(session: Session, *, submission: Submission) -> Handled:
    """What the table of permissions asks of a letter."""
    query = (
        select(ReplyWriter.person_id)
        .join(SubmissionReply, col(ReplyWriter.reply_id) == col(SubmissionReply.id))
        .where(SubmissionReply.submission_id == submission.id)
        .where(SubmissionReply.state == ReplyState.PROPOSED)
    )
    waits = submission.state is State.PREPARING
    return Handled(submission.handler_id, frozenset(session.exec(query) if waits else ()))


def reads(session: Session, *, submission: Submission, actor: Actor) -> bool:
    """Whether somebody may read it, and its files, for the authority: never while it is a draft."""
    if submission.state is State.DRAFT:
        return False
    return may(actor, "submission.read", handled(session, submission=submission))
