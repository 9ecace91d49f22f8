"""What the working page of a commitment shows, and who may see it."""

from typing import Any
from uuid import UUID

from flask import abort, current_app

from dialog.commitments import answering, histories, words
from dialog.commitments.models import Commitment
from dialog.commitments.parties import Party, party
from dialog.commitments.queries import Listed, one
from dialog.core.commitments import possible
from dialog.people.models import Person
from dialog.people.permissions import may
from dialog.people.signing_in import actor, me, permit
from dialog.web.database import session


def keeps() -> bool:
    """Whether the reader is one of those who keep the list."""
    return may(actor(), "commitment.record")


def visible(commitment_id: UUID) -> tuple[Listed, Party]:
    """The commitment, for its owner, those it was promised to, and those who keep the list; for
    others it does not exist.
    """
    permit("commitment.own")
    found = one(session(), commitment_id=commitment_id) or abort(404)
    reader = party(session(), commitment=found.commitment, person_id=me())
    if not reader and not keeps():
        abort(404)
    return found, reader


def voice_key() -> bytes:
    return answering.voice_key(current_app.extensions["settings"].keys)


def facts(found: Listed, reader: Party) -> dict[str, Any]:
    """Everything on the page."""
    db, subject = session(), found.commitment
    inside = reader.owns or keeps()
    return {
        "found": found,
        "each": subject,
        "reader": reader,
        "keeps": keeps(),
        "possible": possible(subject.state),
        "owner": db.get_one(Person, subject.owner_id) if inside else None,
        "to_person": _to_person(subject) if inside else None,
        "history": histories.history(db, commitment=subject),
        "names": inside,
        "voice": answering.voice_of(db, commitment=subject, person_id=me(), key=voice_key())
        if reader.answers
        else None,
        "answers": answering.words_of(db, commitment=subject) if inside else [],
        "least": answering.least(subject),
        "words": words,
    }


def _to_person(subject: Commitment) -> Person | None:
    return session().get_one(Person, subject.to_person_id) if subject.to_person_id else None
