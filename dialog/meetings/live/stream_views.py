"""What has happened in a meeting since a number, as events; the stream holds the answer open."""

from typing import Any
from uuid import UUID

from flask import Response, g, request

from dialog.meetings import events
from dialog.meetings import page as pages
from dialog.meetings.live import messages, showing
from dialog.people.signing_in import permitted
from dialog.web.database import session
from dialog.web.i18n import language


@permitted("meeting.own")
def happened(meeting_id: UUID) -> Any:
    """All that is newer, at once. Where no stream is reached, browsers ask here every second."""
    g.unlogged = True
    meeting = pages.existing(meeting_id, "meeting.see")
    after = request.headers.get("Last-Event-ID", type=int)
    after = request.args.get("efter", 0, int) if after is None else after
    found = events.newer(session(), meeting_id=meeting.id, than=after)
    number = found[-1].number if found else min(after, meeting.events)
    view = request.args.get("vy", "")
    page = showing.html(session(), meeting=meeting, view=view) if view in showing.VIEWS else ""
    body = messages.happened(found)
    if page and (found or after > meeting.events):
        body += messages.shown(page)
    body += messages.message(messages.PULSE, {})
    if not request.environ.get("dialog.stream"):
        body += messages.over()
    answer = Response(body, mimetype=messages.TYPE)
    answer.headers["Content-Language"] = language()
    answer.headers["X-Number"] = str(number)
    return answer
