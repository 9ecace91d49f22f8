"""Who may follow a meeting's room: those of the meeting, and its guests."""

from typing import Any, Final
from uuid import UUID

from flask import abort, request

from dialog.meetings import agenda, queries, words
from dialog.meetings import page as pages
from dialog.meetings.live import guests
from dialog.meetings.models import Meeting
from dialog.people.permissions import may
from dialog.people.signing_in import actor, permit
from dialog.unions import acting
from dialog.web.database import session

COOKIE: Final = "gast"  # a guest's browser sends it to the one meeting alone


def followed(meeting_id: UUID, *, afterwards: bool = False) -> tuple[Meeting, bool]:
    """The meeting, and whether whoever looks is its guest; for others it does not exist. With
    `afterwards` a guest may also when the room is closed.
    """
    meeting = session().get(Meeting, meeting_id)
    if meeting is not None and _is_of(meeting):
        return meeting, False
    given = request.cookies.get(COOKIE, "")
    if meeting is not None and guests.admits(
        session(), pages.settings().keys, meeting=meeting, given=given, afterwards=afterwards
    ):
        return meeting, True
    permit("meeting.own")
    if meeting is not None:
        people = queries.people_of(session(), meeting=meeting, among=actor().person_id)
        acting.offer(body for _person, body in people.representing)
    return abort(404)


def _is_of(meeting: Meeting) -> bool:
    who = actor()
    if who.person_id is None:
        return False
    people = queries.people_of(session(), meeting=meeting, among=who.person_id)
    return may(who, "meeting.see", people)


def facts(meeting: Meeting, *, guest: bool) -> dict[str, Any]:
    """What the room's pages know of the meeting; of a guest's, only what all may see."""
    if not guest:
        return {**pages.facts(meeting), "guest": False}
    items = agenda.items_of(session(), meeting=meeting)
    return {
        "meeting": meeting,
        "words": words,
        "running": False,
        "items": agenda.listed(items),
        "mine": None,
        "guest": True,
    }
