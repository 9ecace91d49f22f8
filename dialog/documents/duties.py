"""What the worker does with documents: has a scanner see what no scanner has seen."""

from sqlmodel import Session

from dialog.desk import Desk
from dialog.documents import drawing, queries, scanning
from dialog.documents import folder as folders
from dialog.documents.models import ScanState, StoredFile

AT_ONCE = 50


def scan_due(desk: Desk) -> None:
    """Files that were held, and those handed in before there was a scanner. Cut off, or done by two
    workers at once, the same is found again.
    """
    settings = desk.settings
    if not settings.scanner:
        return
    with desk.reading() as session:
        waiting = queries.unscanned(session, limit=AT_ONCE)
    for sha256 in waiting:
        if desk.stopping.is_set():
            return
        path = folders.path_of(settings.documents, sha256)
        found = scanning.scan(path, scanner=settings.scanner)
        if found is ScanState.WAITING:
            return  # it is away for all of them
        with desk.writing() as session:
            _write(session, sha256, found)
            session.commit()
        if found is ScanState.INFECTED:  # the row first: no row that is open is without its file
            path.unlink(missing_ok=True)
            drawing.forget(sha256, settings=settings)


def _write(session: Session, sha256: str, found: ScanState) -> None:
    row = session.get_one(StoredFile, sha256, with_for_update=True)
    if row.scan is not ScanState.INFECTED:
        row.scan = found
        session.add(row)
