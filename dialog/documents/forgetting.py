"""Forgetting files of a draft: what was taken away, replaced or given up was never handed in.

The rows go in the transaction that decides it. The file goes an hour later, unless somebody has
handed in the same bytes by then.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.desk import Desk, Duty, Finish
from dialog.documents import drawing, keeping, queries
from dialog.documents import folder as folders
from dialog.documents.models import Document, DocumentVersion, StoredFile
from dialog.documents.queries import Shown
from dialog.documents.taking import Taken
from dialog.storage import outbox
from dialog.storage.clock import now
from dialog.storage.scrubbing import scrub

KIND: Final = "document.forget"
WAIT: Final = timedelta(hours=1)


def forget_all(session: Session, *, about: str, about_id: UUID) -> None:
    """Every document of a thing, those that were taken away among them."""
    _forget(session, _versions(session, about, about_id, keep=frozenset()))


def forget_some(session: Session, *, document_ids: Collection[UUID]) -> None:
    """Some documents of whatever things, with all of their versions."""
    query = select(DocumentVersion).where(col(DocumentVersion.document_id).in_(document_ids))
    _forget(session, session.exec(query.order_by(col(DocumentVersion.sha256))).all())


def forget_earlier(session: Session, *, about: str, about_id: UUID) -> None:
    """What was taken away, and every version but the last of what is there."""
    shown = queries.documents_of(session, about=about, about_ids=[about_id]).get(about_id, [])
    keep = frozenset(each.version.id for each in shown)
    _forget(session, _versions(session, about, about_id, keep=keep))


def begin_anew(session: Session, *, about: str, about_id: UUID, at: datetime) -> None:
    """The documents that are there become first versions of that moment, in their order, named by
    nobody: nothing tells any more when they were handed in or what they replaced.
    """
    shown = queries.documents_of(session, about=about, about_ids=[about_id]).get(about_id, [])
    files = [_taken(each) for each in shown]
    forget_all(session, about=about, about_id=about_id)
    for place, taken in enumerate(files):
        later = at + timedelta(microseconds=place)
        keeping.add(session, about=about, about_id=about_id, taken=taken, by=None, at=later)


def _taken(shown: Shown) -> Taken:
    file, version = shown.file, shown.version
    return Taken(
        file.sha256, version.given_sha256, file.size, file.kind, version.name, file.pages, file.scan
    )


def remove_file(desk: Desk, duty: Duty) -> Finish | None:
    """The file, and the pictures of its pages, if no document is that file now. Twice is harmless:
    one that has been handed in again meanwhile is young, and is left where it is.
    """
    sha256 = str(duty.payload["sha256"])
    with desk.reading() as session:
        if session.get(StoredFile, sha256) is not None:
            return None
    path = folders.path_of(desk.settings.documents, sha256)
    folders.clear(path, older_than=WAIT.total_seconds())
    drawing.forget(sha256, settings=desk.settings)
    scrub(desk.engine, "document", "document_version", "stored_file")
    return None


def _versions(
    session: Session, about: str, about_id: UUID, *, keep: Collection[UUID]
) -> list[DocumentVersion]:
    query = (
        select(DocumentVersion)
        .join(Document, col(Document.id) == col(DocumentVersion.document_id))
        .where(Document.about == about, Document.about_id == about_id)
        .order_by(col(DocumentVersion.sha256))  # whoever locks several files does so in one order
    )
    return [each for each in session.exec(query) if each.id not in keep]


def _forget(session: Session, versions: Collection[DocumentVersion]) -> None:
    """Delete versions, documents that have none left, and what is known of their files."""
    files = list(dict.fromkeys(each.sha256 for each in versions))
    documents = {each.document_id for each in versions}
    for version in versions:
        session.delete(version)
    session.flush()
    emptied = sa.delete(Document).where(
        col(Document.id).in_(documents),
        ~sa.exists().where(col(DocumentVersion.document_id) == col(Document.id)),
    )
    session.connection().execute(emptied)
    for sha256 in files:
        _forget_file(session, sha256)


def _forget_file(session: Session, sha256: str) -> None:
    row = session.get_one(StoredFile, sha256, with_for_update=True)
    in_use = select(DocumentVersion.id).where(DocumentVersion.sha256 == sha256).limit(1)
    if session.exec(in_use).first() is not None:
        return
    session.delete(row)
    session.flush()
    outbox.put(
        session, kind=KIND, key=f"{KIND}:{uuid4()}", payload={"sha256": sha256},
        not_before=now() + WAIT,
    )  # fmt: skip
