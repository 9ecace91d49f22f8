"""A letter that has come in, with its files, as it is when it has been submitted."""

import io
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from dialog.core.submissions import State
from dialog.diary.models import DiaryAuthority
from dialog.documents import keeping, taking
from dialog.documents.taking import Taken
from dialog.settings import Settings
from dialog.storage.clock import now
from dialog.submissions import receipts
from dialog.submissions.letter_files import ATTACHMENT, LETTER
from dialog.submissions.models import Kind, Submission, SubmissionSignatory
from tests.documents import samples


def received(
    db: Session,
    settings: Settings,
    *,
    board: DiaryAuthority,
    signers: Sequence[UUID],
    subject: str = "Bemanning i sommar",
    at: datetime | None = None,
    body: UUID | None = None,
) -> Submission:
    """`signers` are organisations, the first of which wrote it."""
    came = at or now()
    year, serial = receipts.take(db, at=came)
    made = Submission(
        kind=Kind.UNION, state=State.RECEIVED, organisation_id=signers[0], body_id=body,
        authority_id=board.id, subject=subject, body="Vi är för **få**.",
        submitted_at=came, receipt_year=year, receipt_serial=serial,
    )  # fmt: skip
    db.add(made)
    db.flush()
    for each in signers:
        signed = SubmissionSignatory(
            submission_id=made.id, organisation_id=each, confirmed_revision=1, confirmed_at=now()
        )
        db.add(signed)
    for about, name in ((LETTER, "Skrivelse.pdf"), (ATTACHMENT, "Schema.pdf")):
        file = taken(settings, name, pages=len(name))
        keeping.add(db, about=about, about_id=made.id, taken=file, by=None)
    return made


def taken(settings: Settings, name: str, *, pages: int = 1) -> Taken:
    """A file in the folder of documents."""
    return taking.take(
        io.BytesIO(samples.pdf(pages=pages)), name=name, otherwise=name,
        folder=settings.documents, scanner="",
    )  # fmt: skip
