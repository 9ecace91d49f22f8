"""What the pages of minutes show, and who may see them."""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from flask import abort, current_app

from dialog.core import attested
from dialog.minutes import attesting, markup, queries, steps, words
from dialog.minutes.models import Minutes, MinutesAddendum, MinutesState
from dialog.minutes.places import Place, place_of
from dialog.minutes.queries import Attester
from dialog.people.permissions import People, may
from dialog.people.signing_in import actor, me, permit
from dialog.settings import Settings
from dialog.unions import acting
from dialog.web.database import session


@dataclass(frozen=True)
class Shown:
    """Minutes as somebody may read them: writers what is being written, others what was sent."""

    minutes: Minutes
    place: Place
    people: People
    attesters: list[Attester]
    sections: list[dict[str, str]] = field(default_factory=list)
    text_hash: str = ""  # of the text that is shown; empty while it is being written
    whole: bool = True  # the text and its attestations are as they were kept
    addenda: list[tuple[MinutesAddendum, str]] = field(default_factory=list)

    @property
    def writing(self) -> bool:
        return may(actor(), "minutes.write", self.people)


def key() -> bytes:
    settings: Settings = current_app.extensions["settings"]
    return attesting.attestation_key(settings.keys)


def existing(minutes_id: UUID, action: str = "minutes.read") -> Shown:
    """The minutes, for somebody who may; for others they do not exist. A draft that was never sent
    round is there only for those who write.
    """
    minutes = session().get(Minutes, minutes_id) or abort(404)
    place = place_of(minutes)
    attesters = queries.attesters_of(session(), minutes=minutes)
    people = replace(
        place.people(session(), minutes.about_id),
        attesting=frozenset(each.person.id for each in attesters),
    )
    attesters = [
        replace(each, gone=True)
        if each.person.id in people.lapsed and each.attestation is None
        else each
        for each in attesters
    ]
    action = action if minutes.number else "minutes.write"
    if not may(actor(), action, people):
        acting.offer(body for person, body in people.representing if person == actor().person_id)
    permit(action, people)
    return Shown(minutes, place, people, attesters)


def read(shown: Shown) -> Shown:
    """With the text: what is being written for those who write it, else the version sent round."""
    minutes = shown.minutes
    version = queries.version_of(session(), minutes=minutes)
    addenda = queries.addenda_of(session(), minutes=minutes)
    being_written = minutes.state in {MinutesState.DRAFTING, MinutesState.OBJECTED}
    if version is None or (being_written and shown.writing):
        lines = queries.lines_of(session(), minutes=minutes)
        return replace(shown, sections=lines, addenda=addenda)
    signed = all(
        attested.holds(
            each.attestation.signature, key(), text_hash=version.text_hash, what=minutes.id,
            who=each.person.id, at=each.attestation.at,
        )
        for each in shown.attesters
        if each.attestation
    )  # fmt: skip
    return replace(
        shown,
        sections=version.sections,
        text_hash=version.text_hash,
        whole=signed and queries.is_whole(minutes, version),
        addenda=addenda,
    )


def facts(shown: Shown) -> dict[str, Any]:
    """What every page of minutes knows of them."""
    mine = next((each for each in shown.attesters if each.person.id == me()), None)
    return {
        "shown": shown,
        "minutes": shown.minutes,
        "place": shown.place,
        "words": words,
        "short": attested.short,
        "render": markup.page,
        "mine": mine,
    }


def happened(shown: Shown) -> dict[str, Any]:
    """What has been done, for the page that shows it all."""
    return {
        "proposals": queries.proposals_of(session(), minutes=shown.minutes),
        "happened": steps.steps_of(session(), minutes=shown.minutes),
    }
