"""Submitting: in one transaction the letter becomes the authority's, with its receipt.

What is slow, setting the text as a PDF, is done before that transaction, and tried against the
revision in it. Killed anywhere, there is a draft or a whole letter with its files.
"""

from datetime import datetime
from typing import Any, Final

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.core.submissions import Action, fingerprint
from dialog.documents import forgetting, keeping, taking
from dialog.documents.models import ScanState
from dialog.documents.taking import Taken
from dialog.settings import Settings
from dialog.storage.clock import now
from dialog.submissions import letter_files, papers, signing, steps
from dialog.submissions.models import Submission, SubmissionSignatory
from dialog.unions.models import Mandate
from dialog.web.i18n import all_of

NAME: Final = "Skrivelse.pdf"


def hindrances(session: Session, *, submission: Submission) -> list[str]:
    """What is left to do before it can be submitted, in sentences."""
    found = []
    if not submission.uploaded and not submission.body.strip():
        found.append(_("Skriv skrivelsen, eller lägg till den som en fil."))
    lost = [
        each.version.name
        for each in letter_files.of(session, submission)
        if each.file.scan is ScanState.INFECTED
    ]
    if lost:
        found.append(
            _("Det fanns skadlig kod i %(names)s. Ta bort eller byt filen.", names=all_of(lost))
        )
    waited_for = signing.waited_for(session, submission=submission)
    if waited_for:
        names = all_of([each.name for each in waited_for])
        found.append(
            _(
                "Vänta tills %(names)s har undertecknat den senaste texten, eller ta bort dem"
                " bland underskrifterna.",
                names=names,
            )
        )
    return found


def check(session: Session, *, submission: Submission, revision: int) -> None:
    """Hold the letter. Raises RefusedError if it cannot be submitted as it was read."""
    steps.check(session, submission=submission, action=Action.SUBMIT)
    if submission.revision != revision:
        raise signing.ChangedError
    left = hindrances(session, submission=submission)
    if left:
        raise RefusedError(" ".join(left))


def set_letter(data: dict[str, Any], *, settings: Settings, name: str = NAME) -> Taken:
    """The text (`papers.letter_data`) as a PDF in the folder of documents. It takes a while, so no
    session is open meanwhile. Raises BusyError.
    """
    return taking.keep_ours(papers.letter(data), name=name, settings=settings)


def submit(
    session: Session,
    *,
    submission: Submission,
    mandate: Mandate,
    revision: int,
    letter: Taken | None,
) -> None:
    """Hand the letter in for its organisation, as who acts under `mandate` has read it: `letter` is
    its text as `set_letter` has set it, None where a file is the letter. Raises RefusedError.
    """
    check(session, submission=submission, revision=revision)
    assert submission.uploaded is (letter is None)  # of the same revision
    at = now()
    _hand_over(session, submission, letter, at)
    _sign(session, submission, mandate, at)
    submission.body_id = mandate.body_id
    submission.digest = fingerprint(letter_files.named(session, submission))
    steps.receive(session, submission=submission, at=at, organisation_id=mandate.organisation_id)


def _hand_over(
    session: Session, submission: Submission, letter: Taken | None, at: datetime
) -> None:
    """The letter and its files as the authority gets them: a text that was not used is not among
    them, nor when the files came and what they replaced.
    """
    for about in letter_files.PLACES:
        forgetting.begin_anew(session, about=about, about_id=submission.id, at=at)
    if letter is None:
        submission.body = ""
    else:
        keeping.add(
            session, about=letter_files.LETTER, about_id=submission.id, taken=letter, by=None, at=at
        )


def _sign(session: Session, submission: Submission, mandate: Mandate, at: datetime) -> None:
    """The one that writes signs by submitting."""
    session.add(
        SubmissionSignatory(
            submission_id=submission.id,
            organisation_id=mandate.organisation_id,
            confirmed_revision=submission.revision,
            asked_at=at,
            confirmed_at=at,
            mandate_id=mandate.id,
        )
    )
