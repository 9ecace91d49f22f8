"""Telling representatives that something has happened to a letter: mail that is still to be sent.

It goes to who signed for each organisation, while their mandate is in force, and else to all who
represent it; of a draft to all who write it. It is found out when the mail is put, not kept.
"""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.storage import outbox
from dialog.storage.clock import today
from dialog.submissions.models import Submission, SubmissionSignatory
from dialog.unions.models import Mandate
from dialog.unions.queries import is_in_force

KIND: Final = "mail.submission"


def tell(session: Session, *, submission: Submission, again: str) -> None:
    """Tell the organisations that signed it; `again` tells one occasion from another."""
    query = select(SubmissionSignatory).where(SubmissionSignatory.submission_id == submission.id)
    for signatory in session.exec(query).all():
        _put(session, submission, _following(session, signatory), again)


def ask_to_sign(session: Session, *, submission: Submission, mandate: Mandate, asked: UUID) -> None:
    """Tell an organisation that it is asked, in the body of who asks if it is represented there."""
    found = _representing(session, asked)
    near = [each for each in found if each.body_id == mandate.body_id]
    _put(session, submission, near or found, f"asked:{submission.revision}")


def say_all_have_signed(session: Session, *, submission: Submission) -> None:
    """Tell those who write it, once for each revision, that nobody is waited for any more."""
    assert submission.organisation_id is not None  # others sign what an organisation writes
    writers = _representing(session, submission.organisation_id)
    _put(session, submission, writers, f"signed:{submission.revision}")


def _following(session: Session, signatory: SubmissionSignatory) -> list[Mandate]:
    found = _representing(session, signatory.organisation_id)
    return [each for each in found if each.id == signatory.mandate_id] or found


def _representing(session: Session, organisation_id: UUID) -> list[Mandate]:
    query = select(Mandate).where(Mandate.organisation_id == organisation_id, is_in_force(today()))
    return list(session.exec(query.order_by(col(Mandate.id))))


def _put(session: Session, submission: Submission, mandates: Iterable[Mandate], again: str) -> None:
    """Once to each person, whichever bodies they are in."""
    for mandate in {each.person_id: each for each in mandates}.values():
        outbox.put(
            session,
            kind=KIND,
            key=f"{KIND}:{submission.id}:{again}:{mandate.id}",
            payload={"submission": str(submission.id), "mandate": str(mandate.id)},
        )
