"""Taking it in: from then on it is a letter that the authority has, with a receipt's number."""

from datetime import date
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, select

from dialog.core.errors import RefusedError
from dialog.core.submissions import Action, fingerprint
from dialog.documents import keeping
from dialog.storage.clock import now, today
from dialog.submissions import letter_files, receipts, steps
from dialog.submissions.intake.reading import Came
from dialog.submissions.models import Kind, Submission


def known(session: Session, *, came: Came, authority_id: UUID) -> Submission | None:
    """The letter that the same bytes were taken in as before, at this board."""
    query = select(Submission).where(
        Submission.given_sha256 == came.given_sha256, Submission.authority_id == authority_id
    )
    return session.exec(query).first()


def take_in(
    session: Session, *, came: Came, authority_id: UUID, arrived_on: date | None, by: UUID | None
) -> Submission:
    """`arrived_on` is what the registrar says, today where nobody says it; of a mail it is the day
    in the mail, if that has been. Raises RefusedError if it was taken in before.
    """
    before = known(session, came=came, authority_id=authority_id)
    if before is not None:
        raise RefusedError(
            _("Det är redan mottaget, med nummer %(number)s.", number=receipts.number_of(before))
        )
    at = now()
    submission = Submission(
        kind=Kind.MAIL, authority_id=authority_id, subject=came.subject, uploaded=True,
        sender=came.sender, arrived_on=min(came.arrived_on or arrived_on or today(), today()),
        given_sha256=came.given_sha256, changed_at=at,
    )  # fmt: skip
    session.add(submission)
    session.flush()
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
