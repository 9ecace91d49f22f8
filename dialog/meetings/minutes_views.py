"""From a meeting to its minutes: begun by those who run it, found by those who may read them."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from dialog.meetings import documenting, steps
from dialog.meetings import page as pages
from dialog.meetings.models import Meeting
from dialog.minutes import queries, writing
from dialog.people.signing_in import me, permitted
from dialog.web.database import session


@permitted("meeting.own")
def minutes(meeting_id: UUID) -> Any:
    found = queries.minutes_of(session(), about=documenting.ABOUT, about_id=meeting_id)
    if found is not None:
        pages.existing(meeting_id, "meeting.see")
        return redirect(url_for("minutes.minutes", minutes_id=found.id))
    meeting = pages.existing(meeting_id)
    if meeting.state not in documenting.BEGUN:
        flash(
            _("Mötet har inte börjat. Anteckningar skrivs när det pågår eller har varit."), "error"
        )
        return redirect(url_for("meetings.meeting", meeting_id=meeting_id))
    if request.method == "GET":
        return render_template("meetings/begin_minutes.html", **pages.facts(meeting))
    steps.hold(session(), meeting=meeting)  # groups that finish meanwhile find the minutes
    made = writing.begin(
        session(), about=documenting.ABOUT, about_id=meeting_id, title=meeting.title,
        lines=documenting.lines(session(), meeting_id), by=me(),
    )  # fmt: skip
    return redirect(url_for("minutes.write", minutes_id=made.id))


def link(meeting: Meeting, *, running: bool) -> str:
    """What the meeting's page says of its minutes to whoever is looking; empty: nothing yet."""
    found = queries.minutes_of(session(), about=documenting.ABOUT, about_id=meeting.id)
    if found is not None:
        return str(_("Anteckningar")) if found.number or running else ""
    return str(_("Skriv anteckningar")) if running and meeting.state in documenting.BEGUN else ""
