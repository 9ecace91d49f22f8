"""The page where a body's agenda is put together from its open matters."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from dialog.meetings.models import Meeting
from dialog.negotiations import meeting_up, queries, words
from dialog.negotiations import page as pages
from dialog.negotiations.forms import AgendaForm
from dialog.people.signing_in import me, permitted
from dialog.web.database import session
from dialog.web.forms import status


@permitted("matter.own")
def agenda(body_id: UUID) -> Any:
    body, _reader = pages.body(body_id, "matter.keep")
    meetings = meeting_up.coming(session(), body_id=body.id)
    matters = queries.negotiable(session(), body_id=body.id)
    form = AgendaForm(data={"meeting": request.args.get("mote", ""), "matters": []})
    form.offer(meetings, matters)
    if form.validate_on_submit():
        chosen = [each.matter for each in matters
                  if str(each.matter.id) in (form.matters.data or ())]  # fmt: skip
        meeting = session().get_one(Meeting, UUID(form.meeting.data))
        number = meeting_up.put_on(session(), meeting=meeting, matters=chosen, by=me())
        said = ngettext("%(num)s ärende är uppsatt.", "%(num)s ärenden är uppsatta.", number)
        flash(said if number else _("De stod redan på dagordningen."), "info")
        return redirect(url_for("meetings.agenda_page", meeting_id=meeting.id))
    page = render_template(
        "negotiations/agenda.html", form=form, body=body, meetings=meetings, matters=matters,
        words=words,
    )  # fmt: skip
    return page, status(form)
