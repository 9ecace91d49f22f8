"""What has happened in a meeting since a number, as events; the stream holds the answer open."""

from typing import Any
from uuid import UUID

from flask import Response, g, request

from dialog.meetings import events
from dialog.meetings.live import messages, showing, visiting
from dialog.meetings.live.messages import STREAM
from dialog.meetings.models import Meeting
from dialog.people.signing_in import permitted
from dialog.web.database import session
from dialog.web.i18n import language


@permitted("meeting.follow")
def happened(meeting_id: UUID) -> Any:
    """All that is newer, at once. Where no stream is reached, browsers ask here every second. A
    stream asks only whether the browser may follow: it makes what is newer once for many.
    """
    g.unlogged = True
    meeting, guest = visiting.followed(meeting_id)
    view = "gast" if guest else request.args.get("vy", "")
    after = request.headers.get("Last-Event-ID", type=int)
    after = request.args.get("efter", 0, int) if after is None else after
    kept_open = bool(request.environ.get(STREAM))
    if kept_open and after <= meeting.events:
        return _answer(meeting, messages.message(messages.PULSE, {}), number=after, view=view)
    found = events.newer(session(), meeting_id=meeting.id, than=after)
    body = messages.happened(found)
    if view in showing.VIEWS and (found or after > meeting.events):
        body += messages.shown(showing.html(session(), meeting=meeting, view=view))
    body += messages.message(messages.PULSE, {})
    if not kept_open:
        body += messages.over()
    number = found[-1].number if found else min(after, meeting.events)
    return _answer(meeting, body, number=number, view=view)


def _answer(meeting: Meeting, body: str, *, number: int, view: str) -> Response:
    answer = Response(body, mimetype=messages.TYPE)
    answer.headers["Content-Language"] = language()
    answer.headers["X-Number"] = str(number)
    answer.headers["X-View"] = view if view in showing.VIEWS else ""  # a guest's is not chosen
    answer.headers["X-Inside"] = "1" if meeting.body_id else ""  # who may follow it can change
    return answer
