"""The page where it is chosen who is asked to come."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.meetings import page as pages
from dialog.meetings import planning
from dialog.meetings.forms import AudienceForm
from dialog.organisation import queries as organisation
from dialog.people.signing_in import me, permitted
from dialog.unions import queries as unions
from dialog.web.database import session
from dialog.web.forms import refuse, status


@permitted("meeting.own")
def audience(meeting_id: UUID) -> Any:
    meeting = pages.existing(meeting_id)
    form = AudienceForm.of(meeting)
    form.offer(unions.kept_by(session(), person_id=me(), all_=True), organisation.nodes(session()))
    if form.validate_on_submit():
        try:
            planning.choose_audience(
                session(),
                meeting=meeting,
                audience=form.audience.data,
                bodies=[UUID(each) for each in form.bodies.data or ()],
            )
        except RefusedError as refused:
            refuse(form.audience, refused.sentence)
        else:
            flash(_("Sparat. Inget mejl har gått ännu: skicka kallelsen sedan."), "info")
            return redirect(url_for("meetings.meeting", meeting_id=meeting.id))
    return render_template("meetings/audience.html", form=form, meeting=meeting), status(form)
