"""What the pages of a meeting show, and who may see them."""

from typing import Any
from uuid import UUID

from flask import abort, current_app

from dialog.commitments import queries as commitments
from dialog.commitments import words as commitment_words
from dialog.documents import words as document_words
from dialog.meetings import (
    agenda,
    audience,
    item_documents,
    item_links,
    promising,
    queries,
    registering,
    steps,
    words,
)
from dialog.meetings.models import Meeting, MeetingInvitation, MeetingSeries
from dialog.meetings.states import NEXT, SLUGS, possible
from dialog.people.models import Person
from dialog.people.permissions import may
from dialog.people.signing_in import actor, me, permit
from dialog.settings import Settings
from dialog.unions import acting
from dialog.unions import queries as unions
from dialog.unions.models import UnionBody
from dialog.web.database import session


def settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def existing(meeting_id: UUID, action: str = "meeting.run") -> Meeting:
    """The meeting, for somebody who may; for others it does not exist."""
    meeting = session().get(Meeting, meeting_id) or abort(404)
    people = queries.people_of(session(), meeting=meeting, among=actor().person_id)
    if not may(actor(), action, people):
        acting.offer(body for _person, body in people.representing)
    permit(action, people)
    return meeting


def facts(meeting: Meeting) -> dict[str, Any]:
    """What every page of a meeting knows of it."""
    people = queries.people_of(session(), meeting=meeting, among=me())
    running = may(actor(), "meeting.run", people)
    items = agenda.items_of(session(), meeting=meeting)
    body = session().get(UnionBody, meeting.body_id) if meeting.body_id else None
    return {
        "meeting": meeting,
        "words": words,
        "running": running,
        "items": agenda.listed(items),
        "proposed": [item for item in items if item not in agenda.listed(items)],
        "documents": item_documents.of_items(session(), items),
        "item_links": item_links.of_items(session(), meeting=meeting, items=items),
        "document_words": document_words,
        "posts": queries.posts_of(session(), meeting=meeting),
        "mine": queries.invitation_of(session(), meeting=meeting, actor=actor()),
        "needs": registering.NEEDS,
        "can_answer": meeting.state in registering.OPEN,
        "promised": commitments.of_source(session(), kind=promising.KIND, source_id=meeting.id),
        "commitment_words": commitment_words,
        "body": body,
        "negotiates": body is not None and may(actor(), "matter.keep", unions.in_body(body)),
        "series": session().get(MeetingSeries, meeting.series_id) if meeting.series_id else None,
    }


def running_facts(meeting: Meeting) -> dict[str, Any]:
    """What only those see who run the meeting."""
    asked = audience.of(meeting)
    return {
        "actions": possible(meeting.state),
        "slugs": SLUGS,
        "next_action": NEXT.get(meeting.state),
        "numbers": registering.numbers(session(), meeting=meeting),
        "happened": steps.steps_of(session(), meeting=meeting),
        "audience": audience.describe(session(), asked=asked) if asked else "",
    }


def invited(meeting: Meeting) -> list[tuple[MeetingInvitation, Person]]:
    """Those who are asked, as far as one may know: who comes for a union is seen in the body's own
    meeting by those inside, and elsewhere by those who see the body.
    """
    people = queries.invited(session(), meeting=meeting)
    if meeting.body_id is not None:
        return people
    bodies = {row.body_id for row, _who in people if row.body_id is not None}
    seen = {None} | {body for body in bodies if _sees(body)}
    return [(row, who) for row, who in people if row.body_id in seen]


def inside(meeting: Meeting, *, running: bool) -> list[tuple[MeetingInvitation, Person, str]]:
    """Of a body's meeting: who is asked and what they answered, each with the organisation that
    they represent. For those inside; others get nothing.
    """
    if meeting.body_id is None or not (running or actor().acting_in == meeting.body_id):
        return []
    body = session().get_one(UnionBody, meeting.body_id)
    held = {each.person.id: each for each in unions.mandates_of(session(), body=body)}
    return [
        (row, who, held[who.id].organisation.name if row.body_id and who.id in held else "")
        for row, who in queries.invited(session(), meeting=meeting)
    ]


def _sees(body_id: UUID) -> bool:
    return may(actor(), "body.see", unions.in_body(session().get_one(UnionBody, body_id)))
