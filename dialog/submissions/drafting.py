"""Writing a draft: begun for an organisation, saved as typed, taken back before it is anybody's.

It is stored for the organisation (TF 2:13) and holds no name of who wrote. Every change makes a new
revision, which those who sign have to read anew.
"""

import hashlib
import json
from typing import Final
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.core.submissions import State
from dialog.desk import Desk, Duty, Finish
from dialog.documents import forgetting
from dialog.minutes.writing import checked
from dialog.people import steps as people_steps
from dialog.storage import outbox
from dialog.storage.scrubbing import scrub
from dialog.submissions import letter_files, steps
from dialog.submissions.models import Kind, Submission, SubmissionSignatory
from dialog.unions.models import UnionOrganisation

SUBJECT: Final = 300
SCRUB: Final = "submission.scrub"


class OutdatedError(RefusedError):
    """Somebody else has saved the draft since it was read; nothing was saved."""

    def __init__(self, submission: Submission) -> None:
        super().__init__(
            _(
                "Någon annan av er har sparat utkastet sedan du öppnade det, så din text är inte"
                " sparad. Båda texterna står här. Skriv ihop dem och spara igen."
            )
        )
        self.submission = submission


def begin(
    session: Session, *, organisation_id: UUID, authority_id: UUID, subject: str
) -> Submission:
    """A draft for an organisation, to a board; the form sent twice is one. Raises RefusedError."""
    people_steps.hold(session, session.get_one(UnionOrganisation, organisation_id))
    said = _subject(subject)
    known = _same(session, organisation_id, authority_id, said)
    if known is not None:
        return known
    made = Submission(
        kind=Kind.UNION,
        organisation_id=organisation_id,
        authority_id=authority_id,
        subject=said,
    )
    session.add(made)
    session.flush()
    return made


def _same(
    session: Session, organisation_id: UUID, authority_id: UUID, subject: str
) -> Submission | None:
    """One in which nothing has been written yet."""
    query = select(Submission).where(
        Submission.organisation_id == organisation_id,
        Submission.authority_id == authority_id,
        Submission.subject == subject,
        Submission.state == State.DRAFT,
        Submission.revision == 1,
    )
    return session.exec(query).first()


def version_of(submission: Submission) -> str:
    """What tells one text from another: whoever saves says which one they had before them. Files
    that come and go meanwhile do not change it.
    """
    text = json.dumps([str(submission.authority_id), submission.subject, submission.body])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def save(
    session: Session,
    *,
    submission: Submission,
    version: str,
    authority_id: UUID,
    subject: str,
    body: str,
) -> None:
    """Keep the text if it is still `version`. The same once more is harmless. Raises OutdatedError,
    RefusedError when it has been submitted.
    """
    said = {"authority_id": authority_id, "subject": _subject(subject), "body": checked(body)}
    steps.hold_draft(session, submission=submission)
    if all(getattr(submission, name) == value for name, value in said.items()):
        return
    if version_of(submission) != version:
        raise OutdatedError(submission)
    for name, value in said.items():
        setattr(submission, name, value)
    steps.note_change(session, submission=submission)


def withdraw(session: Session, *, submission: Submission) -> None:
    """Delete a draft with its files, as if it had never been. Raises RefusedError."""
    steps.hold_draft(session, submission=submission)
    for about in letter_files.PLACES:
        forgetting.forget_all(session, about=about, about_id=submission.id)
    signers = sa.delete(SubmissionSignatory)
    session.connection().execute(
        signers.where(col(SubmissionSignatory.submission_id) == submission.id)
    )
    session.delete(submission)
    session.flush()
    outbox.put(session, kind=SCRUB, key=f"{SCRUB}:{uuid4()}")


def scrub_withdrawn(desk: Desk, _duty: Duty) -> Finish | None:
    """Clear what a deleted draft has left in the database's files."""
    scrub(desk.engine, "submission", "submission_signatory")
    return None


def _subject(subject: str) -> str:
    said = " ".join(checked(subject, longest=SUBJECT).split())
    if not said:
        raise RefusedError(_("Skriv vad skrivelsen gäller."))
    return said
