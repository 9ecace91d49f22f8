"""Three views of one meeting: somebody's phone, the wall, and whoever leads it."""

from typing import Any
from uuid import UUID

from flask import Response, g, jsonify, make_response, render_template
from flask_babel import ngettext

from dialog.meetings import page as pages
from dialog.meetings import queries
from dialog.meetings.floor import showing as floor
from dialog.meetings.floor.forms import LabelForm
from dialog.meetings.groups import extending, working
from dialog.meetings.live import questions, showing, visiting
from dialog.meetings.live_models import QuestionState
from dialog.meetings.models import Meeting
from dialog.meetings.polling import polls
from dialog.people.signing_in import actor, me, permitted
from dialog.storage.clock import now
from dialog.web.database import session
from dialog.web.headers import policy


def facts(meeting: Meeting, *, view: str = "rum") -> dict[str, Any]:
    """What the pages of the room know of it."""
    return {
        **showing.facts(session(), meeting=meeting, view=view),
        **visiting.facts(meeting, guest=view == "gast"),
        "view": view,
        "streams": pages.settings().stream_url,
        "asking": questions.are_taken(session(), meeting=meeting),
    }


def shown(template: str, **told: Any) -> Response:
    """A page of the room: of all pages the only ones whose scripts may talk to the stream."""
    answer = make_response(render_template(template, **told))
    answer.headers["Content-Security-Policy"] = policy(connect=pages.settings().stream_url)
    return answer


@permitted("meeting.follow")
def room(meeting_id: UUID) -> Any:
    meeting, guest = visiting.followed(meeting_id)
    own = floor.mark(meeting.id, None if guest else me())
    asked = guest or queries.invitation_of(session(), meeting=meeting, actor=actor())
    view = "gast" if guest else "rum" if asked else "ledare"
    return shown("meetings/live/room.html", own=own, **facts(meeting, view=view))


@permitted("meeting.own")
def screen(meeting_id: UUID) -> Any:
    meeting = pages.existing(meeting_id, "meeting.see")
    return shown("meetings/live/screen.html", **facts(meeting, view="skarm"))


@permitted("meeting.own")
def lead(meeting_id: UUID) -> Any:
    meeting = pages.existing(meeting_id)
    asked = questions.all_of(session(), meeting=meeting)
    known = facts(meeting)
    return shown(
        "meetings/live/lead.html",
        queue=[each for each in asked if each.row.state is QuestionState.WAITING],
        held=[each for each in asked if each.row.state is QuestionState.HELD],
        moment=now(),
        polls=polls.all_of(session(), meeting=meeting),
        openable=meeting.state in polls.OPEN_WHILE,
        voted=polls.numbers(session(), meeting=meeting),
        shares=floor.shares(known["room"].floor.spoken),
        spell=floor.spell,
        more=extending.MORE,
        label=LabelForm(formdata=None),
        **known,
    )


@permitted("meeting.own")
def told(meeting_id: UUID) -> Any:
    """What changes too often for events: how many have voted, and what groups have written, by the
    keys of the polls and groups. Only the page that leads asks, every other second.
    """
    g.unlogged = True
    meeting = pages.existing(meeting_id)
    numbers = polls.numbers(session(), meeting=meeting)
    voted = {key: ngettext("%(num)s har röstat.", "%(num)s har röstat.", number)
             for key, number in numbers.items()}  # fmt: skip
    work = working.open_work(session(), meeting=meeting)
    notes = {group.id: group.note for group in work.groups} if work else {}
    return jsonify({str(key): words for key, words in (voted | notes).items()})
