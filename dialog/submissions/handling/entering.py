"""Putting what comes of a letter into its matter in the diary: a document, with its files."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.diary.numbers import DiaryNumber
from dialog.core.errors import RefusedError
from dialog.core.submissions import Action
from dialog.diary import files as diary_files
from dialog.diary import queries as diary
from dialog.diary import registering
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
    diary_files.bind(session, line=line, at=at, by=by)
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
    letter = line_of(session, submission=submission)
    line = registering.register(
        session,
        authority=session.get_one(DiaryAuthority, letter.authority_id),
        matter=session.get_one(DiaryMatter, letter.matter_id),
        facts=facts, at=at, by=by,
    )  # fmt: skip
    diary_files.put(session, line=line, files=files, at=at, by=by)
    return line


def line_of(session: Session, *, submission: Submission) -> DiaryLine:
    """Where a registered letter stands in the diary. Raises RefusedError if it does not."""
    line = diary.line(session, line_id=submission.line_id)
    if line is None:
        raise RefusedError(_("Skrivelsen är inte diarieförd än."))
    return line


def number_of(session: Session, *, submission: Submission) -> DiaryNumber:
    """The letter's own number in the diary. Raises RefusedError if it has none."""
    return diary.number_of_line(session, line=line_of(session, submission=submission))


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
