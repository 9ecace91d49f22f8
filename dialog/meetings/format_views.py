"""Pages of forms of meetings: the list, one with its versions, and keeping one."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from dialog.meetings import afterwards, agenda, formats, words
from dialog.meetings import page as pages
from dialog.meetings.forms import FormatForm
from dialog.meetings.models import MeetingFormat
from dialog.people.signing_in import me, permitted
from dialog.web.database import session
from dialog.web.forms import status, written


@permitted("meeting.plan")
def formats_() -> Any:
    return render_template("meetings/formats.html", formats=formats.latest(session()))


@permitted("meeting.plan")
def format_(format_id: UUID) -> Any:
    found = session().get(MeetingFormat, format_id) or abort(404)
    return render_template(
        "meetings/format.html",
        format=found,
        lines=[agenda.from_json(line) for line in found.agenda],
        versions=formats.versions(session(), family=found.family),
        used=formats.used_in(session(), family=found.family),
        after=afterwards.told().form(session(), found),
        words=words,
    )


@permitted("meeting.own")
def keep(meeting_id: UUID) -> Any:
    meeting = pages.existing(meeting_id)
    before = session().get(MeetingFormat, meeting.format_id) if meeting.format_id else None
    form = FormatForm(obj=before)
    if form.validate_on_submit():
        made = formats.keep(
            session(),
            meeting=meeting,
            by=me(),
            title=written(form.title).strip(),
            description=written(form.description).strip(),
            follow_up=written(form.follow_up).strip(),
        )
        flash(_("Formen är sparad som version %(number)s.", number=made.version), "info")
        return redirect(url_for("meetings.format", format_id=made.id))
    page = render_template("meetings/keep_format.html", form=form, meeting=meeting, before=before)
    return page, status(form)
