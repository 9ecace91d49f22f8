"""Pages of those who run a meeting: a new poll, opening and closing one, and reading its words."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.meetings import page as pages
from dialog.meetings.live_models import PollKind
from dialog.meetings.polling import polls
from dialog.meetings.polling import words as read
from dialog.meetings.polling.forms import PollForm, WordsForm
from dialog.people.signing_in import permitted
from dialog.web.database import session
from dialog.web.forms import status, written

ACTS: Final[dict[str, Callable[..., None]]] = {"oppna": polls.open_, "stang": polls.close}


@permitted("meeting.own")
def new_poll(meeting_id: UUID) -> Any:
    meeting = pages.existing(meeting_id)
    form, problem = PollForm(data={"kind": PollKind.SINGLE.value}), ""
    if form.validate_on_submit():
        try:
            polls.make(
                session(),
                meeting=meeting,
                question=written(form.question).strip(),
                kind=PollKind(form.kind.data),
                options=form.chosen(),
            )
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Omröstningen är klar att öppnas."), "info")
            return redirect(url_for("meetings.lead", meeting_id=meeting.id))
    page = render_template(
        "meetings/live/poll.html", form=form, problem=problem, **pages.facts(meeting)
    )
    return page, 422 if problem else status(form)


@permitted("meeting.own")
def act(meeting_id: UUID, poll_id: UUID, what: str) -> Any:
    do = ACTS.get(what) or abort(404)
    meeting = pages.existing(meeting_id)
    poll = polls.of(session(), meeting=meeting, poll_id=poll_id) or abort(404)
    try:
        do(session(), poll=poll)
    except RefusedError as refused:
        flash(refused.sentence, "error")
    return redirect(url_for("meetings.lead", meeting_id=meeting.id))


@permitted("meeting.own")
def words(meeting_id: UUID, poll_id: UUID) -> Any:
    meeting = pages.existing(meeting_id)
    poll = polls.of(session(), meeting=meeting, poll_id=poll_id) or abort(404)
    found = read.words(poll) or abort(404)
    form = WordsForm()
    form.offer(found, poll)
    if form.validate_on_submit():
        read.show(session(), poll=poll, hidden=form.hidden.data or ())
        flash(_("Alla ser orden nu, utom dem du har dolt."), "info")
        return redirect(url_for("meetings.lead", meeting_id=meeting.id))
    page = render_template("meetings/live/words.html", form=form, poll=poll, **pages.facts(meeting))
    return page, status(form)
