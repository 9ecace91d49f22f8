"""Masked copies that were made elsewhere: handed in for one of a request's documents, where it
cannot be redacted here.
"""

from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.core.requests import WORKED, Action
from dialog.documents import keeping, queries
from dialog.documents.models import Document
from dialog.documents.queries import Shown
from dialog.documents.taking import Taken
from dialog.requests import steps
from dialog.requests.models import ABOUT, DisclosureRequest, RequestedDocument


def hand_in(
    session: Session,
    *,
    request: DisclosureRequest,
    part: RequestedDocument,
    taken: Taken,
    by: UUID,
) -> Document:
    """The copy, which stays with the request; the one there is where the same was handed in for
    this document before. Raises RefusedError.
    """
    steps.hold(session, request=request)
    if request.state not in WORKED:
        raise steps.refusal(session, request=request, action=Action.ASSESS)
    original = part.document_id and queries.shown(
        session, document_id=part.document_id, number=part.version
    )
    if not original:
        raise RefusedError(_("Handlingen har ingen fil här som en kopia kan vara gjord av."))
    if taken.given_sha256 == original.version.given_sha256:
        raise RefusedError(_("Det är originalet. Välj filen som du har maskat."))
    return keeping.add(
        session, about=ABOUT, about_id=request.id, taken=taken, by=by, copy_of=part.document_id
    )


def copy_of(session: Session, *, part: RequestedDocument, copy_id: UUID) -> Shown | None:
    """A copy that was made of this document; None where there is none."""
    found = queries.shown(session, document_id=copy_id)
    made = found is not None and part.document_id is not None
    return found if made and found and found.document.copy_of_id == part.document_id else None
