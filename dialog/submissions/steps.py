"""What happens to a letter: each step checked against the table, and kept."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import IllegalTransitionError, RefusedError
from dialog.core.receipts import ReceiptNumber
from dialog.core.submissions import TRANSITIONS, Action, State, possible
from dialog.people import steps
from dialog.people.steps import Steps
from dialog.storage.clock import STOCKHOLM, now
from dialog.submissions import receipts
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


def hold_draft(session: Session, *, submission: Submission) -> None:
    """The same for who changes a draft. Raises RefusedError when it has been submitted."""
    hold(session, submission=submission)
    if submission.state is not State.DRAFT:
        raise RefusedError(_("Skrivelsen är inlämnad. Den går inte att ändra längre."))


def note_change(session: Session, *, submission: Submission) -> None:
    """It is another draft than those who sign have read. Held by whoever calls."""
    submission.revision += 1
    submission.changed_at = now()
    session.add(submission)
    session.flush()


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


def receive(
    session: Session,
    *,
    submission: Submission,
    at: datetime,
    by: UUID | None = None,
    organisation_id: UUID | None = None,
    number: ReceiptNumber | None = None,
) -> SubmissionStep:
    """The step by which a draft that is held becomes the authority's, with its receipt: all of it
    is written at once, for the database takes no part of it alone. `number` is of another series
    than that of the unions' letters.
    """
    if number is None:
        year, serial = receipts.take(session, at=at)
    else:
        submission.receipt_letter, year, serial = number.letter, number.year, number.serial
    before, submission.state = submission.state, State.RECEIVED
    submission.submitted_at = submission.changed_at = at
    submission.receipt_year, submission.receipt_serial = year, serial
    return _STEPS.keep(
        session, submission, Action.SUBMIT,
        by=by, before=before, organisation_id=organisation_id, at=at,
    )  # fmt: skip


def keep(
    session: Session, *, submission: Submission, action: str, by: UUID | None, reason: str = ""
) -> SubmissionStep:
    """Write down what happened that is no step of the table."""
    return _STEPS.keep(session, submission, action, by=by, reason=reason)


def steps_of(session: Session, *, submission: Submission) -> Sequence[tuple[SubmissionStep, str]]:
    """What has happened, the first first, with the name of which person of the authority did it
    (empty: an organisation, or an anonymous sender).
    """
    return _in_order(_STEPS.kept(session, submission))


def _in_order(kept: Sequence[tuple[SubmissionStep, str]]) -> list[tuple[SubmissionStep, str]]:
    """Of staff only the day is kept: what they answered comes after what was asked."""
    given: list[tuple[SubmissionStep, str]] = []
    found: list[tuple[SubmissionStep, str]] = []
    for each in kept:
        timeless = each[0].at.astimezone(STOCKHOLM).time() == time()
        answers = each[0].action == Action.GIVE_SUPPLEMENT
        (given if timeless and answers else found).append(each)
    for asked in [each for each in found if each[0].action == Action.ASK_SUPPLEMENT]:
        if given:
            found.insert(found.index(asked) + 1, given.pop(0))
    return found + given
