"""The files of a document in the diary: whoever keeps the diary hands them in and reads them. Each
change is an entry, so that the diary is bound to the files' bytes.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from sqlmodel import Session

from dialog.diary import queries, registering
from dialog.diary.models import DiaryAuthority, DiaryLine
from dialog.documents import keeping
from dialog.documents import queries as documents
from dialog.documents.places import Place, Rights
from dialog.documents.queries import Shown
from dialog.documents.taking import Taken
from dialog.people import steps
from dialog.people.permissions import Actor, may
from dialog.people.signing_in import me
from dialog.storage.clock import now

ABOUT: Final = "diary-line"


def of_lines(session: Session, lines: Sequence[DiaryLine]) -> Mapping[UUID, list[Shown]]:
    """The files of each document that has any."""
    return documents.documents_of(session, about=ABOUT, about_ids=[line.id for line in lines])


def marks_of(session: Session, *, lines: Sequence[DiaryLine]) -> dict[UUID, list[str]]:
    """What binds the diary to each document's files, in their order: the SHA-256 of a file as it
    was handed in and as it is kept. They differ for pictures alone, which are drawn anew.
    """
    return {
        line_id: sorted(f"{each.version.given_sha256}:{each.version.sha256}" for each in shown)
        for line_id, shown in of_lines(session, lines).items()
    }


def put(
    session: Session,
    *,
    line: DiaryLine,
    files: Sequence[Taken],
    at: datetime,
    by: UUID | None,
) -> None:
    """Give a line that was registered in this transaction its files, as they came in `at`, and bind
    the chain to them.
    """
    for each in files:
        keeping.add(session, about=ABOUT, about_id=line.id, taken=each, by=by, at=at)
    bind(session, line=line, at=at, by=by)


def bind(session: Session, *, line: DiaryLine, at: datetime, by: UUID | None) -> None:
    """Bind the chain to the files, where there are any, of a line that was registered in this
    transaction: that has locked the authority.
    """
    if marks := marks_of(session, lines=[line]).get(line.id, []):
        registering.note_files(session, line=line, marks=marks, at=at, by=by)


def _there(session: Session, line_id: UUID) -> DiaryLine:
    """The line of a document that `_rights` has seen."""
    line = queries.line(session, line_id=line_id)
    assert line is not None
    return line


def _rights(session: Session, line_id: UUID, actor: Actor) -> Rights:
    line = queries.line(session, line_id=line_id)
    keeps = line is not None and line.document > 0 and may(actor, "diary.keep")
    return Rights(see=keeps, change=keeps)


def _trail(session: Session, line_id: UUID) -> list[tuple[str, str]]:
    number = queries.number_of_line(session, line=_there(session, line_id)).matter
    return [
        (url_for("diary.diary"), _("Diarium")),
        (url_for("diary.matter", number=number.slug), str(number)),
    ]


def _title(session: Session, line_id: UUID) -> str:
    return str(queries.number_of_line(session, line=_there(session, line_id)))


def _changed(session: Session, line_id: UUID) -> None:
    """An entry, if the files are others than the last one says."""
    line = _there(session, line_id)
    steps.hold(session, session.get_one(DiaryAuthority, line.authority_id))
    marks = marks_of(session, lines=[line]).get(line.id, [])
    said = queries.files_said(session, line=line)
    if marks != said:
        registering.note_files(session, line=line, marks=marks, at=now(), by=me())


PLACE: Final = Place(rights=_rights, trail=_trail, title=_title, changed=_changed)
