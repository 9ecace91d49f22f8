"""Sending a letter: in one transaction it is the authority's, with its files and its receipt.

Of somebody unknown there is no person, no session and no time of day beside it, in any row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlmodel import Session

from dialog.core.submissions import fingerprint
from dialog.documents import keeping
from dialog.documents.taking import Taken
from dialog.people.models import Person
from dialog.receipts import giving
from dialog.receipts.giving import Asked
from dialog.receipts.models import Receipt
from dialog.storage.clock import midnight
from dialog.submissions import letter_files, papers, steps
from dialog.submissions.models import Kind, Submission

LETTER: Final = "S"  # of their numbers, a series apart from that of the unions' letters


@dataclass(frozen=True)
class Letter:
    """What was written, and by whom, if that is to be known."""

    authority_id: UUID
    subject: str
    body: str
    author_id: UUID | None = None


def paper_data(session: Session, letter: Letter, files: Sequence[Taken]) -> dict[str, Any]:
    """What goes into the letter's PDF."""
    signed = [session.get_one(Person, letter.author_id).name] if letter.author_id else []
    return papers.written(
        session, authority_id=letter.authority_id, subject=letter.subject, body=letter.body,
        signed=signed, enclosed=[each.name for each in files],
    )  # fmt: skip


def send(
    session: Session, *, asked: Asked, letter: Letter, paper: Taken, files: Sequence[Taken]
) -> Receipt:
    """Hand it in: `paper` is its text as a PDF. Sent twice it is one. Raises RefusedError."""
    receipt, new = giving.give(session, asked=asked, letter=LETTER)
    if not new:
        return receipt
    at = midnight()  # by name too: the numbers would tell of one between two of known hours
    submission = Submission(
        id=asked.id, kind=Kind.STAFF if letter.author_id else Kind.ANONYMOUS,
        author_id=letter.author_id, authority_id=letter.authority_id,
        subject=letter.subject, body=letter.body, changed_at=at,
    )  # fmt: skip
    session.add(submission)
    session.flush()
    abouts = [letter_files.LETTER, *(letter_files.ATTACHMENT for _each in files)]
    for about, each in zip(abouts, [paper, *files], strict=True):
        keeping.add(
            session, about=about, about_id=submission.id, taken=each, by=letter.author_id, at=at
        )
    submission.digest = fingerprint(letter_files.named(session, submission))
    steps.receive(session, submission=submission, at=at, by=letter.author_id, number=receipt.number)
    return receipt
