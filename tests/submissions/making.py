"""What pages of letters do, without a browser."""

import io

from sqlmodel import Session

from dialog.documents import keeping, taking
from dialog.settings import Settings
from dialog.submissions import drafting, letter_files, papers, submitting
from dialog.submissions.models import Submission
from dialog.unions.models import Mandate
from tests.documents import samples


def write(db: Session, letter: Submission, text: str) -> Submission:
    drafting.save(
        db, submission=letter, version=drafting.version_of(letter),
        authority_id=letter.authority_id, subject=letter.subject, body=text,
    )  # fmt: skip
    return letter


def enclose(db: Session, settings: Settings, letter: Submission, name: str) -> None:
    """An attachment, a PDF that says its own name."""
    taken = taking.take(
        io.BytesIO(samples.written_pdf(name)), name=name, otherwise="a",
        folder=settings.documents, scanner="",
    )  # fmt: skip
    keeping.add(db, about=letter_files.ATTACHMENT, about_id=letter.id, taken=taken, by=None)
    letter_files.PLACES[letter_files.ATTACHMENT].changed(db, letter.id)


def hand_in(db: Session, letter: Submission, *, mandate: Mandate, settings: Settings) -> None:
    """Submit what is there now; the session holds nothing while the text is set."""
    revision, data = letter.revision, papers.letter_data(db, letter)
    db.commit()
    made = submitting.set_letter(data, settings=settings)
    submitting.submit(db, submission=letter, mandate=mandate, revision=revision, letter=made)
