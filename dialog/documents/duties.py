"""What the worker does with documents: has a scanner see what no scanner has seen."""

from pathlib import Path

import structlog
from sqlmodel import Session

from dialog.desk import Desk
from dialog.documents import drawing, queries, scanning
from dialog.documents import folder as folders
from dialog.documents.models import ScanState, StoredFile

AT_ONCE = 50  # files that are answered for, and so done with

log = structlog.get_logger()


def scan_due(desk: Desk) -> None:
    """Files that were held, and those handed in before there was a scanner. Cut off, or done by two
    workers at once, the same is found again.
    """
    settings = desk.settings
    if not settings.scanner:
        return
    with desk.reading() as session:
        waiting = queries.unscanned(session)
    answered = 0
    for sha256 in waiting:
        if desk.stopping.is_set() or answered == AT_ONCE:
            return
        path = folders.path_of(settings.documents, sha256)
        if not path.exists():
            log.error("file of a document is missing", sha256=sha256)
            continue
        found = scanning.scan(path, scanner=settings.scanner)
        if found is not ScanState.WAITING:
            _settle(desk, path, found)
            answered += 1
        elif not scanning.ping(settings.scanner):
            return  # it is away for all of them


def _settle(desk: Desk, path: Path, found: ScanState) -> None:
    with desk.writing() as session:
        _write(session, path.name, found)
        session.commit()
    if found is ScanState.INFECTED:  # the row first: no row that is open is without its file
        path.unlink(missing_ok=True)
        drawing.forget(path.name, settings=desk.settings)


def _write(session: Session, sha256: str, found: ScanState) -> None:
    row = session.get_one(StoredFile, sha256, with_for_update=True)
    if row.scan is not ScanState.INFECTED:
        row.scan = found
        session.add(row)
