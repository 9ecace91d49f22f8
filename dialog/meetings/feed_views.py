"""Calendars: the page of one's own, the secret address, and one meeting as a file."""

from typing import Any
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from dialog.meetings import calendar, feeds, letters, queries
from dialog.meetings import page as pages
from dialog.meetings.models import CalendarFeed, Meeting
from dialog.people.models import Person
from dialog.people.signing_in import me, permitted
from dialog.storage.clock import now
from dialog.web.database import session


@permitted("meeting.own")
def calendar_page() -> Any:
    """The address is shown once, when it is made."""
    if request.method == "POST" and request.form.get("vad") == "avsluta":
        feeds.end(session(), person_id=me())
        flash(_("Adressen gäller inte längre."), "info")
        return redirect(url_for("meetings.calendar_page"))
    address = ""
    if request.method == "POST":
        secret = feeds.make(session(), person_id=me())
        address = f"{pages.settings().base_url}/moten/kalender/{secret}.ics"
    has_one = session().get(CalendarFeed, me()) is not None
    return render_template("meetings/calendar.html", address=address, has_one=has_one)


@permitted("calendar.feed")
def feed(secret: str) -> Any:
    owner = feeds.whose(session(), secret=secret)
    person = session().get(Person, owner) if owner else None
    if person is None or not person.active:
        abort(404)
    meetings = queries.coming(session(), person_id=person.id)
    return _calendar(meetings, of=person.id, name=_("Dialogmöten"))


@permitted("meeting.own")
def event(meeting_id: UUID) -> Any:
    meeting = pages.existing(meeting_id, "meeting.see")
    if meeting.starts_at is None:
        abort(404)
    return _calendar([meeting], of=me(), name="")


def _calendar(meetings: list[Meeting], *, of: UUID, name: str) -> Response:
    settings = pages.settings()
    private = queries.private_for(session(), person_id=of, meetings=meetings)
    placed = [
        (each, letters.place(each, settings, private=each.id in private)) for each in meetings
    ]
    body = calendar.feed(placed, name=name, at=now())
    answer = Response(body, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = 'attachment; filename="dialogmoten.ics"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
