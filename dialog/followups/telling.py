"""What pages of meetings, series and forms are told of what is asked afterwards."""

from typing import Final

from flask import url_for
from flask_babel import gettext as _
from sqlmodel import Session

from dialog.followups import queries, standing
from dialog.meetings.afterwards import Afterwards, Told
from dialog.meetings.models import Meeting, MeetingFormat, MeetingSeries
from dialog.people.permissions import may
from dialog.people.signing_in import actor, me


def of_meeting(session: Session, meeting: Meeting, running: bool) -> Told | None:  # noqa: FBT001 - called by place
    """Whoever runs it reads how it stands; who is asked to come only what they may see."""
    asked = queries.asked_after(session, meetings=[meeting.id]).get(meeting.id)
    released = asked is not None and asked.release is not None
    address = url_for("followups.meeting", meeting_id=meeting.id)
    if not running:
        series = session.get(MeetingSeries, meeting.series_id) if meeting.series_id else None
        people = queries.people_of_meeting(session, meeting=meeting, series=series, among=me())
        if not released or not may(actor(), "followup.results", people):
            return None
        return Told(_("Svaren finns att läsa."), address, _("Så svarade de kallade"))
    if asked is None and not meeting.asks_after:
        return None
    plan = queries.plan_for(session, meeting=meeting)
    sentence = standing.sentence(session, meeting, asked, plan=plan)
    if asked is None and plan is None:
        return Told(sentence, url_for("followups.plans"), _("Planer för frågor efter möten"))
    return Told(sentence, address, _("Så svarade de kallade") if released else _("Läs mer"))


def of_series(session: Session, series: MeetingSeries) -> Told | None:
    people = queries.people_of_series(session, series=series, among=me())
    if not may(actor(), "followup.results", people):
        return None
    if not queries.meetings_of_series(session, series_id=series.id):
        return None
    address = url_for("followups.series", series_id=series.id)
    return Told("", address, _("Tre frågor efter mötena i serien"))


def of_form(session: Session, form: MeetingFormat) -> Told | None:
    if not queries.meetings_of_form(session, family=form.family):
        return None
    address = url_for("followups.form", format_id=form.id)
    return Told("", address, _("Tre frågor efter mötena med formen"))


def of_every() -> Told:
    return Told("", url_for("followups.plans"), _("Frågor efter möten"))


AFTERWARDS: Final = Afterwards(meeting=of_meeting, series=of_series, form=of_form, every=of_every)
