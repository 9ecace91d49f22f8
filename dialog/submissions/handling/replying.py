"""The reply to a letter: written, proposed, approved by somebody else and sent."""

from datetime import datetime
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.core.submissions import Action, State
from dialog.diary.models import Direction
from dialog.documents import keeping
from dialog.documents.taking import Taken
from dialog.storage.clock import now
from dialog.submissions import steps
from dialog.submissions.handling import dispatch as dispatching
from dialog.submissions.handling import queries, told, words
from dialog.submissions.handling.dispatch import Dispatch
from dialog.submissions.handling.entering import enter
from dialog.submissions.handling.facts import facts_of
from dialog.submissions.handling_models import ReplyState, ReplyWriter, SubmissionReply
from dialog.submissions.models import Submission

ABOUT: Final = "submission-reply"  # what documents of a reply are about


class ChangedError(RefusedError):
    """The reply is not the one that was read."""

    def __init__(self) -> None:
        super().__init__(
            _("Svaret har ändrats medan du hade sidan öppen. Läs det som står nu, och försök igen.")
        )


def write(
    session: Session, *, submission: Submission, by: UUID, text: str, seen: int
) -> SubmissionReply:
    """Keep what the reply says from now on; `seen` is the revision that was on the page, 0 where
    none was. Whoever writes over what they have not read is refused; the same text once more
    changes nothing.
    """
    steps.hold(session, submission=submission)
    if submission.state is not State.PREPARING:
        steps.take(session, submission=submission, action=Action.PREPARE, by=by)
    reply = queries.reply_of(session, submission=submission)
    if reply is None:
        reply = SubmissionReply(submission_id=submission.id, text="", revision=0)
    elif reply.state is ReplyState.DRAFTING and reply.text == text.strip():
        return reply
    _require(reply, ReplyState.DRAFTING, seen)
    reply.text, reply.revision, reply.changed_at = text.strip(), reply.revision + 1, now()
    session.add(reply)
    session.flush()
    if not queries.is_writer(session, reply=reply, person_id=by):
        session.add(ReplyWriter(reply_id=reply.id, person_id=by))
    return reply


def propose(session: Session, *, submission: Submission, by: UUID, seen: int) -> None:
    """Ask somebody else to approve it."""
    reply = _held(session, submission)
    _require(reply, ReplyState.DRAFTING, seen)
    if not reply.text:
        raise RefusedError(_("Skriv svaret först."))
    reply.state = ReplyState.PROPOSED
    session.add(reply)
    steps.keep(session, submission=submission, action=words.PROPOSE, by=by)


def withdraw(session: Session, *, submission: Submission) -> None:
    """What waited for approval does so no more: the letter, which is held, goes on elsewhere, or
    more is asked for.
    """
    reply = queries.reply_of(session, submission=submission)
    if reply is not None and reply.state is ReplyState.PROPOSED:
        reply.state = ReplyState.DRAFTING
        session.add(reply)


def send_back(
    session: Session, *, submission: Submission, by: UUID, reason: str, seen: int
) -> None:
    """Not as it is: it is written on. `reason` says what is missing."""
    reply = _approvable(session, submission, by=by, seen=seen)
    reply.state = ReplyState.DRAFTING
    session.add(reply)
    steps.keep(session, submission=submission, action=words.SEND_BACK, by=by, reason=reason)


def approve(
    session: Session,
    *,
    submission: Submission,
    by: UUID,
    seen: int,
    paper: Taken,
    at: datetime,
    dispatch: Dispatch | None = None,
) -> SubmissionReply:
    """Send it, as it is on `paper`: registered, and there for all who signed. Who wrote by mail
    gets it by hand: `dispatch` says how it was sent.
    """
    reply = _approvable(session, submission, by=by, seen=seen)
    by_hand = dispatching.is_by_hand(session, submission=submission)
    dispatching.require(dispatch, by_hand=by_hand)
    on = dispatch.on if dispatch else None
    facts = facts_of(session, submission, Direction.OUT, words.REPLY, at=at, on=on)
    line = enter(session, submission=submission, facts=facts, files=[paper], at=at, by=by)
    reply.state, reply.sent_at, reply.approved_by = ReplyState.SENT, at, by
    reply.line_id = line.id
    session.add(reply)
    keeping.add(session, about=ABOUT, about_id=reply.id, taken=paper, by=by)
    reason = str(dispatch or "")
    told.take(session, submission=submission, action=Action.REPLY, by=by, reason=reason)
    return reply


def _held(session: Session, submission: Submission) -> SubmissionReply:
    steps.check(session, submission=submission, action=Action.REPLY)
    reply = queries.reply_of(session, submission=submission)
    if reply is None:
        raise RefusedError(_("Skriv svaret först."))
    session.refresh(reply)
    return reply


def _approvable(
    session: Session, submission: Submission, *, by: UUID, seen: int
) -> SubmissionReply:
    reply = _held(session, submission)
    _require(reply, ReplyState.PROPOSED, seen)
    if queries.is_writer(session, reply=reply, person_id=by):
        raise RefusedError(_("Du har själv skrivit på svaret. Någon annan godkänner det."))
    return reply


def _require(reply: SubmissionReply, state: ReplyState, seen: int) -> None:
    if reply.state is not state or reply.revision != seen:
        raise ChangedError
