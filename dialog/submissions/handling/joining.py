"""A letter that is answered in the matter of another one."""

from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.diary.numbers import DiaryNumber
from dialog.core.errors import RefusedError
from dialog.core.submissions import HANDLED, Action, State
from dialog.diary.models import DiaryLine
from dialog.submissions import steps
from dialog.submissions.handling import dispatch as dispatching
from dialog.submissions.handling import replying, told
from dialog.submissions.handling.entering import existing_matter
from dialog.submissions.models import Submission

_OPEN = (State.REGISTERED, *sorted(HANDLED), State.REPLIED)


def join(
    session: Session, *, submission: Submission, by: UUID, number: DiaryNumber, reason: str
) -> Submission:
    """Let it be answered in the matter of another letter. Gives that letter. Both are held, in one
    order, so that two cannot be joined to each other at once. What came by mail is joined to what
    is still to be answered: a reply that was sent does not reach its writer. Raises RefusedError.
    """
    other = _other(session, submission, number)
    for each in sorted((submission, other), key=lambda each: each.id):
        steps.hold(session, submission=each)
    steps.check(session, submission=submission, action=Action.JOIN)
    if other.state not in _OPEN:
        raise _none_handled(number)
    by_hand = dispatching.is_by_hand(session, submission=submission)
    if by_hand and other.state is State.REPLIED:
        raise RefusedError(
            _(
                "Det ärendet är redan besvarat, och den som har skrivit med post eller e-post får"
                " inte svaret. Besvara skrivelsen för sig."
            )
        )
    submission.joined_to_id = other.id
    replying.withdraw(session, submission=submission)
    told.take(session, submission=submission, action=Action.JOIN, by=by, reason=reason)
    return other


def _other(session: Session, submission: Submission, number: DiaryNumber) -> Submission:
    matter = existing_matter(session, submission=submission, number=number)
    query = (
        select(Submission)
        .join(DiaryLine, col(DiaryLine.id) == col(Submission.line_id))
        .where(DiaryLine.matter_id == matter.id, Submission.id != submission.id)
        .where(col(Submission.state).in_(_OPEN))
        .order_by(col(Submission.state) == State.REPLIED, col(DiaryLine.document))
    )
    other = session.exec(query).first()
    if other is None:
        raise _none_handled(number)
    return other


def _none_handled(number: DiaryNumber) -> RefusedError:
    return RefusedError(
        _("I ärendet %(number)s finns ingen skrivelse som handläggs.", number=number.matter)
    )
