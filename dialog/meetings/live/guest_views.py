"""Pages of whoever runs a meeting with guests: the code, a notice, slips of paper, and the stop."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.meetings import page as pages
from dialog.meetings.live import guests, slip_sheets, slips
from dialog.meetings.live.forms import SlipsForm
from dialog.meetings.models import Meeting
from dialog.people.signing_in import permitted
from dialog.web.database import session
from dialog.web.forms import refuse, status


def _open(meeting: Meeting) -> None:
    guests.stop(session(), meeting=meeting, stopped=False)


def _stop(meeting: Meeting) -> None:
    guests.stop(session(), meeting=meeting, stopped=True)


def _withdraw(meeting: Meeting) -> None:
    slips.withdraw(session(), meeting=meeting)


ACTS: Final[dict[str, Callable[[Meeting], None]]] = {
    "slapp-in": _open,
    "stang": _stop,
    "dra-tillbaka": _withdraw,
}


@permitted("meeting.own")
def guests_(meeting_id: UUID) -> Any:
    return _page(pages.existing(meeting_id), SlipsForm())


@permitted("meeting.own")
def slips_(meeting_id: UUID) -> Any:
    """New slips as PDF. No copy of it is to stay in a cache."""
    meeting, form, keys = pages.existing(meeting_id), SlipsForm(), pages.settings().keys
    if not form.validate_on_submit():
        return _page(meeting, form)
    try:
        made = slips.make(session(), keys, meeting=meeting, count=form.count.data or 0)
    except RefusedError as refused:
        refuse(form.count, refused.sentence)
        return _page(meeting, form)
    answer = Response(slip_sheets.pdf(pages.settings(), meeting, made), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = "attachment; filename=lappar.pdf"
    return answer


@permitted("meeting.own")
def notice(meeting_id: UUID) -> Any:
    meeting = pages.existing(meeting_id)
    joining = guests.way_in(pages.settings(), meeting=meeting) or abort(404)
    return render_template("meetings/live/notice.html", joining=joining, **pages.facts(meeting))


@permitted("meeting.own")
def act(meeting_id: UUID, what: str) -> Any:
    do = ACTS.get(what) or abort(404)
    meeting = pages.existing(meeting_id)
    try:
        do(meeting)
    except RefusedError as refused:
        flash(refused.sentence, "error")
    else:
        flash(_("Klart."), "info")
    return redirect(url_for("meetings.guests", meeting_id=meeting.id))


def _page(meeting: Meeting, form: SlipsForm) -> Any:
    page = render_template(
        "meetings/live/guests.html",
        form=form,
        joining=guests.way_in(pages.settings(), meeting=meeting),
        slips=slips.number(session(), meeting=meeting),
        most=slips.MOST,
        **pages.facts(meeting),
    )
    return page, status(form)
