"""What documents are told of a letter: the letter itself where it is a file, and its attachments.

Those who write a draft change them, those who are asked to sign see them, and it is not kept who
handed them in. From the receipt on nobody changes them.
"""

from collections.abc import Mapping
from functools import partial
from typing import Final
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.submissions import State
from dialog.documents import queries as documents
from dialog.documents.places import Place, Rights
from dialog.documents.queries import Shown
from dialog.people.permissions import Actor, may
from dialog.people.signing_in import actor
from dialog.submissions import queries, steps
from dialog.submissions.handling import access
from dialog.submissions.models import Submission

LETTER: Final = "submission-letter"
ATTACHMENT: Final = "submission"


def of(session: Session, submission: Submission) -> list[Shown]:
    """The letter, if it is a file (from the receipt on it always is), and then its attachments."""
    return [each for about in (LETTER, ATTACHMENT) for each in _shown(session, about, submission)]


def named(session: Session, submission: Submission) -> list[tuple[str, str]]:
    """Their names with the SHA-256 of each, for the fingerprint of all."""
    return [(each.version.name, each.version.sha256) for each in of(session, submission)]


def letter_of(session: Session, submission: Submission) -> Shown | None:
    return next(iter(_shown(session, LETTER, submission)), None)


def attachments_of(session: Session, submission: Submission) -> list[Shown]:
    return _shown(session, ATTACHMENT, submission)


def _shown(session: Session, about: str, submission: Submission) -> list[Shown]:
    found = documents.documents_of(session, about=about, about_ids=[submission.id])
    return found.get(submission.id, [])


def rights(session: Session, submission_id: UUID, who: Actor) -> Rights:
    submission = session.get(Submission, submission_id)
    if submission is None:
        return Rights()
    sees = may(who, "submission.sign", queries.signed(session, submission=submission))
    draft = submission.state is State.DRAFT
    writes = sees and draft and who.acting_for == submission.organisation_id
    handled = access.reads(session, submission=submission, actor=who)
    return Rights(see=sees or handled, change=writes, nameless=True, draft=draft)


def trail(session: Session, submission_id: UUID) -> list[tuple[str, str]]:
    """To the page by which the reader came: the authority has others than those who sign."""
    submission = session.get_one(Submission, submission_id)
    signed = queries.signed(session, submission=submission)
    if may(actor(), "submission.sign", signed):
        name, list_, one = _("Skrivelser"), "submissions.submissions", "submissions.submission"
    else:
        name, list_, one = _("Inkomna skrivelser"), "submissions.incoming", "submissions.letter"
    return [
        (url_for(list_), name),
        (url_for(one, submission_id=submission_id), submission.subject),
    ]


def _title(_session: Session, _submission_id: UUID, *, about: str) -> str:
    return str(_("Skrivelsen som fil") if about == LETTER else _("Bilagor till skrivelsen"))


def _changed(session: Session, submission_id: UUID) -> None:
    submission = session.get_one(Submission, submission_id)
    steps.hold_draft(session, submission=submission)
    submission.uploaded = letter_of(session, submission) is not None
    steps.note_change(session, submission=submission)


def _place(about: str, most: int | None = None) -> Place:
    return Place(
        rights=rights,
        trail=trail,
        title=partial(_title, about=about),
        changed=_changed,
        most=most,
    )


PLACES: Final[Mapping[str, Place]] = {LETTER: _place(LETTER, 1), ATTACHMENT: _place(ATTACHMENT)}
