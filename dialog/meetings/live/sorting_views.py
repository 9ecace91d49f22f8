"""Pages of those who sort what came in: questions under headings, and the words of a poll."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.meetings import page as pages
from dialog.meetings.live import grouping, polls, questions, sorting
from dialog.meetings.live.sorting_forms import GroupForm, WordsForm
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


@permitted("meeting.own")
def words(meeting_id: UUID, poll_id: UUID) -> Any:
    meeting = pages.existing(meeting_id)
    poll = polls.of(session(), meeting=meeting, poll_id=poll_id) or abort(404)
    found = sorting.words(poll) or abort(404)
    form = WordsForm()
    form.offer(found, poll)
    if form.validate_on_submit():
        sorting.show(session(), poll=poll, hidden=form.hidden.data or ())
        flash(_("Alla ser orden nu, utom dem du har dolt."), "info")
        return redirect(url_for("meetings.lead", meeting_id=meeting.id))
    page = render_template("meetings/live/words.html", form=form, poll=poll, **pages.facts(meeting))
    return page, status(form)
