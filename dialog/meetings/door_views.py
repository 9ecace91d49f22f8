"""Pages at the door: the notice with the code, and what whoever scans it sees."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.meetings import door
from dialog.meetings import page as pages
from dialog.people.signing_in import me, permitted
from dialog.web import qr
from dialog.web.database import session


@permitted("meeting.own")
def notice(meeting_id: UUID) -> Any:
    meeting = pages.existing(meeting_id)
    code = door.code(pages.settings().keys, meeting_id=meeting.id)
    address = f"{pages.settings().base_url}/moten/{meeting.id}/incheckning/{code}"
    return render_template(
        "meetings/notice.html", qr=qr.image(address, scale=8), link=address, **pages.facts(meeting)
    )


@permitted("meeting.own")
def check_in(meeting_id: UUID, code: str) -> Any:
    """A button, for nothing is changed by following an address."""
    meeting = pages.existing(meeting_id, "meeting.see")
    if not door.is_right(pages.settings().keys, meeting_id=meeting.id, given=code):
        abort(404)
    facts, problem = pages.facts(meeting), ""
    if facts["mine"] is None:
        problem = _("Du är inte kallad till mötet. Säg till vid dörren, så antecknas du där.")
    elif request.method == "POST":
        try:
            door.enter(session(), meeting=meeting, person_id=me())
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Välkommen. Du är incheckad."), "info")
            return redirect(url_for("meetings.room", meeting_id=meeting.id))  # the pass is there
    page = render_template("meetings/check_in.html", problem=problem, **facts)
    return page, 422 if problem and request.method == "POST" else 200


@permitted("meeting.own")
def here(meeting_id: UUID) -> Any:
    """Somebody who follows from elsewhere checks in; from then on they have a pass."""
    meeting = pages.existing(meeting_id, "meeting.see")
    try:
        door.enter_remotely(session(), meeting=meeting, person_id=me())
    except RefusedError as refused:
        flash(refused.sentence, "error")
    return redirect(url_for("meetings.room", meeting_id=meeting.id))
