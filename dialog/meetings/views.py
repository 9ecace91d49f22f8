"""Pages of meetings: the list, and one as it stands."""

from typing import Any, Final
from uuid import UUID

from flask import render_template, request
from flask_babel import lazy_gettext as _l

from dialog.meetings import afterwards, minutes_views, queries, words
from dialog.meetings import page as pages
from dialog.meetings.models import MeetingState
from dialog.meetings.states import OVER
from dialog.people.permissions import may
from dialog.people.signing_in import actor, me, permitted
from dialog.web.database import session

FILTERS: Final = {
    "kommande": (_l("Kommande"), frozenset(MeetingState) - OVER),
    "tidigare": (_l("Tidigare"), OVER),
}


@permitted("meeting.own")
def meetings() -> Any:
    """One's own; for who plans meetings, all of them."""
    chosen = request.args.get("visa", "kommande")
    chosen = chosen if chosen in FILTERS else "kommande"
    planning = may(actor(), "meeting.run") or may(actor(), "body.keep")
    everybodys = planning and request.args.get("vems") != "mina"
    found = queries.page_of_meetings(
        session(),
        states=FILTERS[chosen][1],
        page=request.args.get("sida", 1, int),
        of=queries.is_seen_by(actor())
        if everybodys
        else queries.concerns(me(), acting_in=actor().acting_in),
    )
    return render_template(
        "meetings/meetings.html",
        found=found,
        chosen=chosen,
        filters=[(slug, text) for slug, (text, _states) in FILTERS.items()],
        planning=planning,
        everybodys=everybodys,
        after=afterwards.told().every(),
        words=words,
    )


@permitted("meeting.own")
def meeting(meeting_id: UUID) -> Any:
    found = pages.existing(meeting_id, "meeting.see")
    facts = pages.facts(found)
    if facts["running"]:
        facts |= pages.running_facts(found)
    facts["inside"] = pages.inside(found, running=facts["running"])
    facts["minutes_link"] = minutes_views.link(found, running=facts["running"])
    facts["after"] = afterwards.told().meeting(session(), found, facts["running"])
    return render_template("meetings/meeting.html", **facts)
