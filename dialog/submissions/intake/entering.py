"""Taking it in: from then on it is a letter that the authority has, with a receipt's number."""

from collections.abc import Sequence
from datetime import date
from itertools import combinations
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.core.submissions import Action, State, fingerprint
from dialog.diary.models import DiaryAuthority
from dialog.documents import keeping
from dialog.people.steps import hold
from dialog.storage.clock import now, today
from dialog.submissions import letter_files, receipts, steps
from dialog.submissions.handling import words
from dialog.submissions.intake.reading import Came
from dialog.submissions.models import Kind, Submission, SubmissionStep


def known(session: Session, *, sha256: str, authority_id: UUID) -> Submission | None:
    """The letter that the same bytes were taken in as before at this board, or the first of a batch
    that they were.
    """
    same = (col(Submission.given_sha256) == sha256, col(Submission.batch_sha256) == sha256)
    query = select(Submission).where(sa.or_(*same), Submission.authority_id == authority_id)
    order = (col(Submission.receipt_year), col(Submission.receipt_serial))
    return session.exec(query.order_by(*order)).first()


class KnownError(RefusedError):
    """The same bytes were taken in before."""


def require_new(session: Session, *, sha256: str, authority_id: UUID) -> None:
    """Raises KnownError."""
    before = known(session, sha256=sha256, authority_id=authority_id)
    if before is not None:
        raise KnownError(
            _("Det är redan mottaget, med nummer %(number)s.", number=receipts.number_of(before))
        )


def alike(came: Sequence[Came]) -> tuple[int, int] | None:
    """The places of the first two that are the same bytes; None where there are none. Asked before
    any is written: the second would be told the first one's number, which is given back then.
    """
    pairs = combinations(range(len(came)), 2)
    return next((p for p in pairs if came[p[0]].given_sha256 == came[p[1]].given_sha256), None)


def take_in(
    session: Session, *, came: Came, authority_id: UUID, arrived_on: date, by: UUID | None
) -> Submission:
    """`arrived_on` is the day it reached the authority: what a mail says of itself, its sender has
    written. Raises KnownError if it was taken in before; RefusedError.
    """
    hold(session, session.get_one(DiaryAuthority, authority_id))  # who takes in a batch of the same
    require_new(session, sha256=came.given_sha256, authority_id=authority_id)
    at = now()
    submission = Submission(
        kind=Kind.MAIL, authority_id=authority_id, subject=came.subject, uploaded=True,
        sender=came.sender, arrived_on=min(arrived_on, today()),
        given_sha256=came.given_sha256, batch_sha256=came.batch_sha256, changed_at=at,
    )  # fmt: skip
    session.add(submission)
    try:
        session.flush()
    except IntegrityError:  # somebody else took it in at the same moment
        session.rollback()
        require_new(session, sha256=came.given_sha256, authority_id=authority_id)
        raise
    abouts = [letter_files.LETTER, *(letter_files.ATTACHMENT for _each in came.files)]
    for about, each in zip(abouts, [came.paper, *came.files], strict=True):
        keeping.add(session, about=about, about_id=submission.id, taken=each, by=by, at=at)
    submission.digest = fingerprint(letter_files.named(session, submission))
    steps.receive(session, submission=submission, at=at, by=by)
    return submission


def set_aside(session: Session, *, submission: Submission, by: UUID, reason: str) -> None:
    """What need not be registered, and stays with who said so and why. Raises RefusedError: what
    somebody has written here to the authority is registered.
    """
    steps.check(session, submission=submission, action=Action.SET_ASIDE)
    if submission.kind is not Kind.MAIL:
        raise RefusedError(_("Skrivelsen är lämnad till myndigheten här och ska diarieföras."))
    steps.take(session, submission=submission, action=Action.SET_ASIDE, by=by, reason=reason)


def take_up(session: Session, *, submission: Submission, by: UUID) -> Submission:
    """What was set aside is to be registered after all: a letter that waits, with the same files
    and the day it came. The first one stays, and tells of it. Raises RefusedError.
    """
    steps.hold(session, submission=submission)
    if not can_be_taken_up(session, submission=submission):
        raise RefusedError(_("Bara ett brev som är lagt åt sidan kan tas upp igen."))
    made = Submission(
        **submission.model_dump(include={
            "kind", "authority_id", "subject", "uploaded", "sender", "arrived_on", "digest",
            "given_sha256", "batch_sha256", "forwarded_from_id",
        }),
        changed_at=now(),
    )  # fmt: skip
    # Both say what there is one of: the same bytes, and where a forwarded letter goes on.
    submission.given_sha256 = submission.forwarded_from_id = None
    session.add(submission)
    session.flush()
    session.add(made)
    session.flush()
    for about in (letter_files.LETTER, letter_files.ATTACHMENT):
        keeping.take_along(session, about=about, about_id=submission.id, to=made.id)
    steps.receive(session, submission=made, at=now(), by=by)
    number = receipts.number_of(made)
    steps.keep(session, submission=submission, action=words.TAKE_UP, by=by, reason=number)
    return made


def can_be_taken_up(session: Session, *, submission: Submission) -> bool:
    """Whether it was set aside, and has not been taken up since."""
    if submission.state is not State.CLOSED or submission.line_id is not None:
        return False
    taken = select(SubmissionStep.id).where(
        SubmissionStep.submission_id == submission.id, SubmissionStep.action == words.TAKE_UP
    )
    return session.exec(taken).first() is None
