"""Several organisations sign one letter: asked by the one that writes, each confirms the revision
that it has read, or declines. Who signs is part of the letter: one more or less is a change of it.
"""

from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.core.submissions import Signing
from dialog.storage.clock import now
from dialog.submissions import queries, steps, telling
from dialog.submissions.models import Submission, SubmissionSignatory
from dialog.unions import queries as unions
from dialog.unions.models import Mandate, UnionOrganisation


class ChangedError(RefusedError):
    """The draft is not the one that was read."""

    def __init__(self) -> None:
        super().__init__(
            _("Skrivelsen har ändrats sedan du öppnade den. Läs den igen, och svara sedan.")
        )


def may_be_asked(session: Session, *, submission: Submission) -> list[UnionOrganisation]:
    """Organisations that somebody represents, and that do not sign yet; by name."""
    signers = queries.signed(session, submission=submission).signers
    return [each for each in unions.represented(session) if each.id not in signers]


def ask(
    session: Session, *, submission: Submission, organisation_id: UUID, mandate: Mandate
) -> None:
    """Ask an organisation to sign, as who acts under `mandate`. From now on it sees the draft, and
    is told. Once more is harmless.
    """
    steps.hold_draft(session, submission=submission)
    if organisation_id in queries.signed(session, submission=submission).signers:
        return
    if organisation_id not in {each.id for each in unions.represented(session)}:
        raise RefusedError(
            _("Ingen företräder den organisationen här, så den kan inte underteckna.")
        )
    session.add(SubmissionSignatory(submission_id=submission.id, organisation_id=organisation_id))
    steps.note_change(session, submission=submission)
    telling.ask_to_sign(session, submission=submission, mandate=mandate, asked=organisation_id)


def take_back(session: Session, *, submission: Submission, organisation_id: UUID) -> None:
    """It is not to sign after all, and does not see the draft any more. Once more is harmless."""
    steps.hold_draft(session, submission=submission)
    row = session.get(SubmissionSignatory, (submission.id, organisation_id))
    if row is not None:
        session.delete(row)
        steps.note_change(session, submission=submission)


def confirm(session: Session, *, submission: Submission, mandate: Mandate, revision: int) -> None:
    """The mandate's organisation signs what it has read. Those who write are told when it was the
    last one. Raises ChangedError if it is not what was read.
    """
    row = _asked(session, submission, mandate, revision)
    row.confirmed_revision, row.confirmed_at = revision, now()
    row.declined_at, row.mandate_id = None, mandate.id
    session.add(row)
    session.flush()
    if not waited_for(session, submission=submission):
        telling.say_all_have_signed(session, submission=submission)


def decline(session: Session, *, submission: Submission, mandate: Mandate, revision: int) -> None:
    """It does not sign. It can still change its mind."""
    row = _asked(session, submission, mandate, revision)
    row.confirmed_revision = row.confirmed_at = None
    row.declined_at, row.mandate_id = now(), mandate.id
    session.add(row)


def waited_for(session: Session, *, submission: Submission) -> list[UnionOrganisation]:
    """The organisations that have not signed the draft as it is now."""
    return [
        each.organisation
        for each in queries.signers_of(session, submission=submission)
        if each.standing is not Signing.CONFIRMED
    ]


def _asked(
    session: Session, submission: Submission, mandate: Mandate, revision: int
) -> SubmissionSignatory:
    steps.hold_draft(session, submission=submission)
    row = session.get(SubmissionSignatory, (submission.id, mandate.organisation_id))
    if row is None:
        raise RefusedError(_("Er organisation är inte tillfrågad längre."))
    if submission.revision != revision:
        raise ChangedError
    return row
