"""Putting what comes of a letter into its matter in the diary: a document, with its files."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.diary.numbers import DiaryNumber
from dialog.core.errors import RefusedError
from dialog.core.submissions import Action
from dialog.diary import files as diary_files
from dialog.diary import numbering, registering
from dialog.diary import queries as diary
from dialog.diary.facts import Facts
from dialog.diary.models import DiaryAuthority, DiaryLine, DiaryMatter
from dialog.documents import keeping
from dialog.documents.taking import Taken
from dialog.submissions.handling import told
from dialog.submissions.letter_files import ATTACHMENT, LETTER
from dialog.submissions.models import Submission


def register(
    session: Session,
    *,
    submission: Submission,
    facts: Facts,
    matter: DiaryMatter,
    at: datetime,
    by: UUID,
) -> DiaryLine:
    """The letter as a document of `matter`, with its files as they came in. Whoever calls has held
    it (`steps.check`) since before the matter was found or opened.
    """
    authority = session.get_one(DiaryAuthority, submission.authority_id)
    line = registering.register(
        session, authority=authority, matter=matter, facts=facts, at=at, by=by
    )
    for about in (LETTER, ATTACHMENT):
        keeping.take_along(
            session, about=about, about_id=submission.id, to=line.id, to_about=diary_files.ABOUT
        )
    _bind(session, line, at=at, by=by)
    submission.line_id = line.id
    told.take(session, submission=submission, action=Action.REGISTER, by=by)
    return line


def enter(
    session: Session,
    *,
    submission: Submission,
    facts: Facts,
    files: Sequence[Taken],
    at: datetime,
    by: UUID | None,
) -> DiaryLine:
    """Another document of the letter's matter: what was asked, answered or replied."""
    authority, matter, _line = place_of(session, submission=submission)
    line = registering.register(
        session, authority=authority, matter=matter, facts=facts, at=at, by=by
    )
    for each in files:
        keeping.add(session, about=diary_files.ABOUT, about_id=line.id, taken=each, by=by, at=at)
    _bind(session, line, at=at, by=by)
    return line


def place_of(
    session: Session, *, submission: Submission
) -> tuple[DiaryAuthority, DiaryMatter, DiaryLine]:
    """Where a registered letter stands in the diary. Raises RefusedError if it does not."""
    line = session.exec(select(DiaryLine).where(DiaryLine.id == submission.line_id)).first()
    if line is None:
        raise RefusedError(_("Skrivelsen är inte diarieförd än."))
    authority = session.get_one(DiaryAuthority, line.authority_id)
    return authority, session.get_one(DiaryMatter, line.matter_id), line


def number_of(session: Session, *, submission: Submission) -> DiaryNumber:
    """The letter's own number in the diary."""
    authority, matter, line = place_of(session, submission=submission)
    return numbering.number_of(authority, matter, line.document)


def numbers_of(session: Session, *, line_ids: Collection[UUID]) -> dict[UUID, DiaryNumber]:
    """The numbers of lines, in one statement."""
    query = (
        select(DiaryLine, DiaryMatter, DiaryAuthority)
        .join(DiaryMatter, col(DiaryMatter.id) == col(DiaryLine.matter_id))
        .join(DiaryAuthority, col(DiaryAuthority.id) == col(DiaryMatter.authority_id))
        .where(col(DiaryLine.id).in_(line_ids))
    )
    return {
        line.id: numbering.number_of(authority, matter, line.document)
        for line, matter, authority in session.exec(query)
    }


def existing_matter(
    session: Session, *, submission: Submission, number: DiaryNumber
) -> DiaryMatter:
    """A matter of the board that the letter is to. Raises RefusedError if there is none."""
    found = diary.matter(session, number=number.matter)
    if found is None or found[0].id != submission.authority_id:
        raise RefusedError(
            _("Det finns inget ärende %(number)s hos myndigheten.", number=number.matter)
        )
    return found[1]


def _bind(session: Session, line: DiaryLine, *, at: datetime, by: UUID | None) -> None:
    """Bind the chain to the files; registering has locked the authority already."""
    marks = diary_files.marks_of(session, lines=[line]).get(line.id, [])
    if marks:
        registering.note_files(session, line=line, marks=marks, at=at, by=by)
