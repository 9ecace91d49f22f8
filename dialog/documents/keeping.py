"""Writing down documents: added, given a new version, taken away, taken along."""

from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import Session

from dialog.core.documents.kinds import Fault
from dialog.core.errors import RefusedError
from dialog.documents import queries, words
from dialog.documents.models import Document, DocumentVersion, ScanState, StoredFile
from dialog.documents.queries import Shown
from dialog.documents.taking import Taken
from dialog.storage.clock import now
from dialog.storage.ensuring import ensure

MOST = 50  # documents of one thing, at once


def add(
    session: Session,
    *,
    about: str,
    about_id: UUID,
    taken: Taken,
    by: UUID | None,
    most: int | None = None,
    at: datetime | None = None,
    copy_of: UUID | None = None,
) -> Document:
    """A new document. `by` None: nobody is named; `at` is when, now if nothing is said; `copy_of`
    is the document that it is a redacted copy of. The same content, handed in again for the same
    thing, is the one there is, also where it is handed in twice at once: the file is held first.
    `most` are there at once; if nothing is said MOST, and as many copies: of what is lent, which
    can be more, each may need one.
    """
    _hold_file(session, taken)
    shown = queries.documents_of(session, about=about, about_ids=[about_id]).get(about_id, [])
    for each in shown:
        same = each.version.given_sha256 == taken.given_sha256
        if same and copy_of in {None, each.document.copy_of_id}:
            return each.document
    if most is None:
        shown = [each for each in shown if bool(each.document.copy_of_id) is bool(copy_of)]
    most = most or MOST
    if len(shown) >= most:
        raise RefusedError(
            ngettext(
                "Det finns redan en handling här. Ta bort den först.",
                "Det finns redan %(num)s handlingar här. Ta bort någon först.",
                most,
            )
        )
    document = Document(
        about=about, about_id=about_id, author_id=by, created_at=at or now(), copy_of_id=copy_of
    )
    session.add(document)
    session.flush()
    _add_version(session, document=document, number=1, taken=taken, by=by, at=at)
    return document


def renew(session: Session, *, document: Document, taken: Taken, by: UUID | None) -> bool:
    """A new version beside the former; False where the last one is the same already."""
    _hold_file(session, taken)
    _hold(session, document)
    last = queries.versions_of(session, document=document)[-1]
    if last.given_sha256 == taken.given_sha256:
        return False
    _add_version(session, document=document, number=last.number + 1, taken=taken, by=by)
    return True


def remove(session: Session, *, document: Document, by: UUID | None) -> None:
    """Show it to nobody any more. Who did it is kept, and so is the file: nothing is disposed of
    without a decision. Done again it changes nothing.
    """
    session.refresh(document, with_for_update=True)
    if document.removed_at is None:
        document.removed_at, document.removed_by = now(), by
        session.add(document)


def take_along(
    session: Session, *, about: str, about_id: UUID, to: UUID, to_about: str = ""
) -> None:
    """Give another thing, of the same kind where `to_about` says no other, the same documents with
    their versions.
    """
    for each in queries.documents_of(session, about=about, about_ids=[about_id]).get(about_id, []):
        made = Document(about=to_about or about, about_id=to, author_id=each.document.author_id)
        session.add(made)
        session.flush()
        for version in queries.versions_of(session, document=each.document):
            copied = version.model_dump(exclude={"id", "document_id"})
            session.add(DocumentVersion(**copied, document_id=made.id))


def lend(session: Session, *, shown: Shown, about: str, about_id: UUID, by: UUID) -> Document:
    """Make the file of a version a document of something else too; no bytes are copied."""
    made = Document(about=about, about_id=about_id, author_id=by)
    session.add(made)
    session.flush()
    session.add(
        DocumentVersion(
            document_id=made.id,
            name=shown.version.name,
            sha256=shown.version.sha256,
            given_sha256=shown.version.given_sha256,
            author_id=by,
        )
    )
    session.flush()
    return made


def _hold(session: Session, document: Document) -> None:
    session.refresh(document, with_for_update=True)
    if document.removed_at is not None:
        raise RefusedError(_("Handlingen är borttagen. Lägg till filen som en ny handling."))


def _add_version(
    session: Session,
    *,
    document: Document,
    number: int,
    taken: Taken,
    by: UUID | None,
    at: datetime | None = None,
) -> None:
    session.add(
        DocumentVersion(
            document_id=document.id,
            number=number,
            name=taken.name,
            sha256=taken.sha256,
            given_sha256=taken.given_sha256,
            author_id=by,
            at=at or now(),
        )
    )
    session.flush()


def _hold_file(session: Session, taken: Taken) -> None:
    """The row of the file, whoever was first to write it, held until this transaction ends. What a
    scanner has said of the same bytes counts more than that none was asked.
    """
    ensure(
        session, StoredFile, sha256=taken.sha256, size=taken.size, kind=taken.kind,
        pages=taken.pages, scan=taken.scan,
    )  # fmt: skip
    row = session.get_one(StoredFile, taken.sha256, with_for_update=True)
    if row.scan is ScanState.INFECTED:
        raise RefusedError(words.refusal(Fault.VIRUS))
    if taken.scan is ScanState.CLEAN and row.scan is not ScanState.CLEAN:
        row.scan = ScanState.CLEAN
        session.add(row)
