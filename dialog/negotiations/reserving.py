"""Documents that are handed out under a reservation (OSL 10 kap. 14 §): each who gets one reads
first what binds them, and that they did is kept.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.documents.models import Document
from dialog.minutes import writing
from dialog.negotiations.models import MblAcknowledgement, MblMatter, MblReservation
from dialog.negotiations.steps import hold_open
from dialog.people.models import Person


def reserve(session: Session, *, matter: MblMatter, words: str, by: UUID) -> MblReservation:
    """Say what documents are handed out under; they are added afterwards. Raises RefusedError."""
    words = writing.checked(words).strip()
    if not words:
        raise RefusedError(_("Skriv vad den som får handlingarna måste följa."))
    hold_open(session, matter)
    for each in reservations_of(session, matter=matter):
        if each.words == words:
            return each
    made = MblReservation(matter_id=matter.id, words=words, person_id=by)
    session.add(made)
    session.flush()
    return made


def reservations_of(session: Session, *, matter: MblMatter) -> Sequence[MblReservation]:
    query = select(MblReservation).where(MblReservation.matter_id == matter.id)
    return session.exec(query.order_by(col(MblReservation.at), col(MblReservation.id))).all()


def has_acknowledged(session: Session, *, document_id: UUID, person_id: UUID) -> bool:
    return session.get(MblAcknowledgement, (document_id, person_id)) is not None


def acknowledge(session: Session, *, document: Document, person_id: UUID) -> None:
    """Keep that somebody has read the reservation of a document; twice is harmless."""
    if has_acknowledged(session, document_id=document.id, person_id=person_id):
        return
    try:
        with session.begin_nested():
            session.add(MblAcknowledgement(document_id=document.id, person_id=person_id))
    except IntegrityError:  # the same at the same moment
        return


def acknowledged(
    session: Session, *, documents: Sequence[UUID]
) -> Mapping[UUID, list[tuple[str, datetime]]]:
    """Who has read the reservation of each document, and when, by name."""
    found: dict[UUID, list[tuple[str, datetime]]] = {}
    query = (
        select(MblAcknowledgement, Person.name)
        .join(Person, col(Person.id) == col(MblAcknowledgement.person_id))
        .where(col(MblAcknowledgement.document_id).in_(list(documents)))
        .order_by(col(Person.name))
    )
    for row, name in session.exec(query) if documents else ():
        found.setdefault(row.document_id, []).append((name, row.at))
    return found
