"""The page where those who run a meeting write down what was promised there."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from dialog.commitments import proposing
from dialog.commitments.forms import ProposeForm
from dialog.commitments.models import PromisedTo
from dialog.core.errors import RefusedError
from dialog.meetings import page as pages
from dialog.meetings import promising
from dialog.meetings.models import Meeting, MeetingSeries
from dialog.organisation.queries import nodes
from dialog.people.signing_in import me, permitted
from dialog.storage.clock import STOCKHOLM, now
from dialog.web.database import session
from dialog.web.forms import status


class PromiseForm(ProposeForm):
    """As elsewhere, and it may have been promised to everybody who was there."""

    def offer(self, nodes: Any) -> None:
        super().offer(nodes)
        there = SelectChoice(PromisedTo.GATHERING.value, _l("De som var på mötet"))
        self.promised_to.choices = [there, *(self.promised_to.choices or ())]


def _series_of(meeting: Meeting) -> str:
    """What is filled in; nothing of a meeting with unions, for everybody reads it."""
    if meeting.body_id is not None or meeting.series_id is None:
        return ""
    return session().get_one(MeetingSeries, meeting.series_id).title


@permitted("meeting.own")
def promise(meeting_id: UUID) -> Any:
    meeting = pages.existing(meeting_id)
    series = _series_of(meeting)
    starts = meeting.starts_at or now()
    said_on = min(starts, now()).astimezone(STOCKHOLM).date()  # never a day to come
    form, problem = PromiseForm(said_on=said_on, series=series), ""
    form.offer(nodes(session()))
    if form.validate_on_submit():
        try:
            given = {**form.given(), "source": promising.source_of(meeting)}
            proposing.propose(session(), by=me(), **given)
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Åtagandet är antecknat. Den som ansvarar har fått ett mejl."), "info")
            return redirect(url_for("meetings.meeting", meeting_id=meeting.id))
    page = render_template(
        "commitments/new.html", form=form, problem=problem, series=[series] if series else []
    )
    return page, 422 if problem else status(form)
