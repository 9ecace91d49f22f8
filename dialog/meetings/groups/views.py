"""Pages of groups: going into them, coming into one, getting more time, and finishing."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.meetings import page as pages
from dialog.meetings.groups import closing, extending, working
from dialog.meetings.groups.forms import GroupsForm
from dialog.meetings.groups.models import Dealing
from dialog.people.signing_in import me, permitted
from dialog.web.database import session
from dialog.web.forms import status


@permitted("meeting.own")
def new(meeting_id: UUID) -> Any:
    meeting = pages.existing(meeting_id)
    facts = pages.facts(meeting)
    before = {"number": 4, "minutes": 15, "how": Dealing.DEALT.value}
    form, problem = GroupsForm(data=before), ""
    form.offer(facts["items"])
    if form.validate_on_submit():
        try:
            working.begin(session(), meeting=meeting, **form.given(facts["items"]))
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Mötet är i grupper. Deltagarna ser uppgiften i mötesrummet."), "info")
            return redirect(url_for("meetings.lead", meeting_id=meeting.id, _anchor="grupper"))
    page = render_template("meetings/groups/new.html", form=form, problem=problem, **facts)
    return page, 422 if problem else status(form)


@permitted("meeting.own")
def choose(meeting_id: UUID) -> Any:
    """Which group to come into; whoever is in one goes there, unless they want another."""
    meeting = pages.existing(meeting_id, "meeting.see")
    work = working.open_work(session(), meeting=meeting)
    own = working.own(session(), work=work.row, person_id=me()) if work else None
    if own and "byt" not in request.args:
        return redirect(url_for("meetings.group", meeting_id=meeting.id, group_id=own))
    return render_template(
        "meetings/groups/choose.html", work=work, own=own, **pages.facts(meeting)
    )


@permitted("meeting.own")
def join(meeting_id: UUID) -> Any:
    meeting = pages.existing(meeting_id, "meeting.see")
    given = request.form.get("group", type=UUID)
    try:
        group = working.join(session(), meeting=meeting, person_id=me(), group_id=given)
    except RefusedError as refused:
        flash(refused.sentence, "error")
        return redirect(url_for("meetings.groups", meeting_id=meeting.id))
    return redirect(url_for("meetings.group", meeting_id=meeting.id, group_id=group.id))


@permitted("meeting.own")
def extend(meeting_id: UUID) -> Any:
    meeting = pages.existing(meeting_id)
    more, seen = (request.form.get(name, type=int) for name in ("more", "seen"))
    if more not in extending.MORE or seen is None:
        abort(400)
    try:
        extending.extend(session(), meeting=meeting, seen=seen, more=more)
    except RefusedError as refused:
        flash(refused.sentence, "error")
    else:
        flash(_("Grupperna har fått %(number)s minuter till. Alla ser det.", number=more), "info")
    return redirect(url_for("meetings.lead", meeting_id=meeting.id, _anchor="grupper"))


@permitted("meeting.own")
def close(meeting_id: UUID) -> Any:
    meeting = pages.existing(meeting_id)
    closing.close(session(), meeting=meeting, by=me())
    flash(_("Grupperna är avslutade. Det de skrev följer med till mötets anteckningar."), "info")
    return redirect(url_for("meetings.lead", meeting_id=meeting.id))
