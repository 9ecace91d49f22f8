"""The page on which questions are put under headings."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.meetings import page as pages
from dialog.meetings.live import grouping, questions
from dialog.meetings.live.grouping_forms import GroupForm
from dialog.people.signing_in import permitted
from dialog.web.database import session
from dialog.web.forms import status


@permitted("meeting.own")
def headings(meeting_id: UUID) -> Any:
    meeting = pages.existing(meeting_id)
    asked = questions.all_of(session(), meeting=meeting)
    form, problem = GroupForm(), ""
    form.offer(grouping.movable(asked), grouping.headings(asked))
    if form.validate_on_submit():
        heading, chosen = form.chosen()
        try:
            grouping.put_under(session(), meeting=meeting, heading=heading, chosen=chosen)
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Det är gjort."), "info")
            return redirect(url_for("meetings.headings", meeting_id=meeting.id))
    page = render_template(
        "meetings/live/headings.html", form=form, problem=problem, **pages.facts(meeting)
    )
    return page, 422 if problem else status(form)
