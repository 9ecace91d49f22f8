"""The diary for everybody, and for those who keep it what is withheld from the others."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import abort, render_template, request
from flask_babel import gettext as _

from dialog.core.diary import numbers
from dialog.core.diary.numbers import DiaryNumber
from dialog.diary import files, numbering, queries, searching, words
from dialog.diary.models import DiaryAuthority, DiaryLine, DiaryMatter, Direction, Scope
from dialog.diary.searching import Wanted
from dialog.documents import words as document_words
from dialog.people.permissions import may
from dialog.people.signing_in import actor, permitted
from dialog.storage.clock import STOCKHOLM
from dialog.web.database import session
from dialog.web.downloads import csv_file


@permitted("diary.see")
def diary() -> Any:
    boards = queries.authorities(session())
    wanted, scope = _wanted(boards), _scope()
    hits = searching.search(
        session(), wanted=wanted, scope=scope, page=request.args.get("sida", 1, int)
    )
    return render_template(
        "diary/diary.html",
        boards=boards,
        wanted=wanted,
        hits=hits,
        asked={name: request.args.get(name) or None for name in ("q", "namnd", "ar", "slag")},
        shown=[(line, _number(line, of, boards)) for line, of in hits.lines],
        counted=searching.COUNTED,
        words=words,
        keeps=scope is Scope.ALL,
    )


@permitted("diary.see")
def diary_file() -> Any:
    """What a search finds, as a file with what everybody may see; as many as it counts."""
    boards = queries.authorities(session())
    return csv_file("diarium.csv", _rows(_wanted(boards), boards))


def _rows(wanted: Wanted, boards: list[DiaryAuthority]) -> Iterator[list[str]]:
    yield [
        str(each)
        for each in (_("Nummer"), _("Dag"), _("Registrerad"), _("Slag"), _("Motpart"), _("Rör"))
    ]
    for lines in searching.pages(session(), wanted=wanted, scope=Scope.PUBLIC):
        yield from (_cells(line, of, boards) for line, of in lines)


@permitted("diary.see")
def matter(number: str) -> Any:
    authority, found = existing(number)
    whole, *documents = queries.lines_of(session(), matter=found)
    keeps = may(actor(), "diary.keep")
    return render_template(
        "diary/matter.html",
        authority=authority,
        number=numbering.number_of(authority, found),
        whole=whole,
        documents=[
            (line, numbering.number_of(authority, found, line.document)) for line in documents
        ],
        files=files.of_lines(session(), documents) if keeps else {},
        document_words=document_words,
        disposed=queries.disposal(session(), matter=found),
        histories=queries.histories(session(), matters=[found]) if keeps else {},
        words=words,
        keeps=keeps,
    )


def existing(number: str) -> tuple[DiaryAuthority, DiaryMatter]:
    """The matter with a number, as it stands in an address; 404 if there is none."""
    read = numbers.read(number.replace("-", " ", 1))
    if read is None or read.document is not None:
        abort(404)
    return queries.matter(session(), number=read) or abort(404)


def _scope() -> Scope:
    return Scope.ALL if may(actor(), "diary.keep") else Scope.PUBLIC


def _wanted(boards: list[DiaryAuthority]) -> Wanted:
    asked = request.args
    by_letters: dict[str, UUID] = {each.letters: each.id for each in boards}
    direction = asked.get("slag", "")
    return Wanted(
        text=asked.get("q", "")[:200],
        authority_id=by_letters.get(asked.get("namnd", "")),
        year=year if (year := asked.get("ar", 0, int)) in range(1, 10_000) else None,
        direction=Direction(direction) if direction in set(Direction) else None,
    )


def _number(line: DiaryLine, of: DiaryMatter, boards: list[DiaryAuthority]) -> DiaryNumber:
    board = next(each for each in boards if each.id == line.authority_id)
    return numbering.number_of(board, of, line.document)


def _cells(line: DiaryLine, of: DiaryMatter, boards: list[DiaryAuthority]) -> list[str]:
    number = _number(line, of, boards)
    return [
        str(number), line.arrived_on.isoformat(),
        line.registered_at.astimezone(STOCKHOLM).date().isoformat(),
        str(words.DIRECTIONS[line.direction]) if line.direction else "",
        line.public_correspondent or "", line.public_subject or "",
    ]  # fmt: skip
