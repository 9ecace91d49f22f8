"""Proposing a commitment: what was promised, by whom, to whom, and where it was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.commitments import gatherings, letters
from dialog.commitments.models import Commitment, CommitmentStep, PromisedTo
from dialog.commitments.steps import clean, keep
from dialog.commitments.words import PROPOSE
from dialog.core.errors import RefusedError
from dialog.organisation.models import Unit
from dialog.organisation.queries import units
from dialog.people.models import Person, sort_key
from dialog.storage.clock import now, today

FORVALTNING = 1  # depth; public pages go no further down


@dataclass(frozen=True)
class Source:
    """Where something was promised: the room's own word for it ("meeting"), its row there, its
    title, and a path that anybody may open, if there is one.
    """

    kind: str
    id: UUID
    title: str
    address: str = ""


@dataclass(frozen=True)
class Recipient:
    """Those it was promised to; one of the first two, or those who were at the source. `title` is
    how everybody reads it: "barnmorskorna", no name.
    """

    title: str
    person_id: UUID | None = None
    unit_id: UUID | None = None

    @property
    def kind(self) -> PromisedTo:
        if self.person_id is not None:
            return PromisedTo.PERSON
        return PromisedTo.UNIT if self.unit_id is not None else PromisedTo.GATHERING


@dataclass(frozen=True)
class Owner:
    """Who answers for it: a person, for themselves or for a unit. `title` is how everybody reads
    it: a function, no name.
    """

    person_id: UUID
    title: str
    unit_id: UUID | None = None


def propose(
    session: Session,
    *,
    by: UUID,
    title: str,
    promise: str,
    owner: Owner,
    recipient: Recipient,
    question: str = "",
    said_on: date | None = None,
    due: date | None = None,
    source: Source | None = None,
    series: str = "",
    forvaltning_id: UUID | None = None,
) -> Commitment:
    """Write down what was promised, and ask its owner to accept. It is shown to everybody once it
    is accepted, under `series` and the förvaltning; without one, that of the people it was promised
    to, or of its owner. Raises RefusedError.
    """
    _check_owner(session, owner)
    knows = source is not None and gatherings.is_known(source.kind)
    if recipient.kind is PromisedTo.GATHERING and not knows:
        raise RefusedError(
            _("Det går inte att veta vilka som var där. Välj en person eller en enhet i stället.")
        )
    made = Commitment(
        title=_said(title, _("Skriv kort vad som lovades.")),
        question=clean(question),
        promise=_said(promise, _("Skriv vad som lovades.")),
        said_on=said_on or today(),
        due=due,
        series=" ".join(series.split()),
        forvaltning_id=_forvaltning(session, forvaltning_id, recipient.unit_id, owner.unit_id),
        recorder_id=by,
        **_owned(owner),
        **_promised(recipient),
        **_from(source),
    )
    if made.said_on > today():
        raise RefusedError(_("Det lovades en dag som inte har varit. Skriv dagen då det sades."))
    made.search_key = search_key(made)
    session.add(made)
    session.flush()
    note(session, commitment=made, by=by)
    letters.ask(session, commitment=made, letter=letters.Letter.PROPOSED, to=made.owner_id)
    return made


def note(session: Session, *, commitment: Commitment, by: UUID) -> None:
    """Keep that it was proposed."""
    state = commitment.state.value
    step = CommitmentStep(
        commitment_id=commitment.id,
        person_id=by,
        at=now(),
        action=PROPOSE,
        before=state,
        after=state,
        after_due=commitment.due,
    )
    keep(session, commitment=commitment, step=step)


def give_to(session: Session, *, commitment: Commitment, owner: Owner) -> None:
    """Let somebody else own it. Raises RefusedError."""
    _check_owner(session, owner)
    for name, value in _owned(owner).items():
        setattr(commitment, name, value)
    commitment.search_key = search_key(commitment)


def search_key(of: Commitment) -> str:
    """What a search looks in."""
    texts = (of.title, of.promise, of.question, of.owner_title, of.to_title, of.series)
    return sort_key("\n".join(texts))


def _check_owner(session: Session, owner: Owner) -> None:
    person = session.get(Person, owner.person_id)
    if person is None or not person.active:
        raise RefusedError(
            _("Den som ska ansvara finns inte kvar i organisationen. Välj någon annan.")
        )
    if not owner.title.strip():
        raise RefusedError(_("Skriv vilken funktion som ansvarar, till exempel ”Vårddirektören”."))


def _said(text: str, sentence: str) -> str:
    found = clean(text)
    if not found:
        raise RefusedError(sentence)
    return found


def _owned(owner: Owner) -> dict[str, Any]:
    return {
        "owner_id": owner.person_id,
        "owner_title": clean(owner.title),
        "owner_unit_id": owner.unit_id,
    }


def _promised(recipient: Recipient) -> dict[str, Any]:
    return {
        "promised_to": recipient.kind,
        "to_title": _said(
            recipient.title, _("Skriv vilka det lovades, till exempel ”Barnmorskorna”.")
        ),
        "to_person_id": recipient.person_id,
        "to_unit_id": recipient.unit_id,
    }


def _from(source: Source | None) -> dict[str, Any]:
    if source is None:
        return {}
    return {
        "source_kind": source.kind,
        "source_id": source.id,
        "source_title": source.title,
        "source_address": source.address,
    }


def _forvaltning(session: Session, *ids: UUID | None) -> UUID | None:
    """The förvaltning of the first unit that is given; the region's own has none above it."""
    found: Sequence[UUID] = [each for each in ids if each is not None]
    for unit_id in found[:1]:
        codes = session.get_one(Unit, unit_id).path.strip("/").split("/")
        for unit in units(session, codes=codes).values():
            if unit.depth == FORVALTNING:
                return unit.id
    return None
