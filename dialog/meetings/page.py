"""What the pages of a meeting show, and who may see them."""

from typing import Any
from uuid import UUID

from flask import abort, current_app

from dialog.commitments import queries as commitments
from dialog.commitments import words as commitment_words
from dialog.documents import words as document_words
from dialog.meetings import agenda, item_documents, promising, queries, registering, steps, words
from dialog.meetings.models import Meeting, MeetingInvitation, MeetingSeries
from dialog.meetings.states import NEXT, SLUGS, possible
from dialog.organisation import audiences
from dialog.people.permissions import may
from dialog.people.signing_in import actor, me, permit
from dialog.settings import Settings
from dialog.web.database import session


def settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def existing(meeting_id: UUID, action: str = "meeting.run") -> Meeting:
    """The meeting, for somebody who may; for others it does not exist."""
    meeting = session().get(Meeting, meeting_id) or abort(404)
    permit(action, queries.people_of(session(), meeting=meeting, among=actor().person_id))
    return meeting


def facts(meeting: Meeting) -> dict[str, Any]:
    """What every page of a meeting knows of it."""
    people = queries.people_of(session(), meeting=meeting, among=me())
    running = may(actor(), "meeting.run", people)
    items = agenda.items_of(session(), meeting=meeting)
    mine = session().get(MeetingInvitation, (meeting.id, me()))
    return {
        "meeting": meeting,
        "words": words,
        "running": running,
        "items": agenda.listed(items),
        "proposed": [item for item in items if item not in agenda.listed(items)],
        "documents": item_documents.of_items(session(), items),
        "document_words": document_words,
        "posts": queries.posts_of(session(), meeting=meeting),
        "mine": mine if mine is not None and not mine.withdrawn else None,
        "needs": registering.NEEDS,
        "can_answer": meeting.state in registering.OPEN,
        "promised": commitments.of_source(session(), kind=promising.KIND, source_id=meeting.id),
        "commitment_words": commitment_words,
        "series": session().get(MeetingSeries, meeting.series_id) if meeting.series_id else None,
    }


def running_facts(meeting: Meeting) -> dict[str, Any]:
    """What only those see who run the meeting."""
    chosen = meeting.audience.get("chosen")
    audience = audiences.from_json(meeting.audience) if chosen else None
    return {
        "actions": possible(meeting.state),
        "slugs": SLUGS,
        "next_action": NEXT.get(meeting.state),
        "numbers": registering.numbers(session(), meeting=meeting),
        "happened": steps.steps_of(session(), meeting=meeting),
        "audience": audiences.describe(session(), audience=audience) if audience else "",
    }
