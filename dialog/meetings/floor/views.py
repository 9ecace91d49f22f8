"""What is pressed on the speakers' list: by who wants to speak, and by whoever leads."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dialog.core.errors import RefusedError
from dialog.meetings import page as pages
from dialog.meetings.floor import speaking
from dialog.meetings.floor.forms import LabelForm, RulesForm
from dialog.meetings.models import Meeting
from dialog.people.signing_in import me, permitted
from dialog.web.database import session
from dialog.web.forms import status, written

OWN: Final[dict[str, Callable[..., None]]] = {
    "begar": speaking.ask,
    "replik": partial(speaking.ask, reply=True),
    "ta-tillbaka": speaking.take_back,
}
GIVEN: Final[dict[str, Callable[..., None]]] = {
    "ge-ordet": speaking.give,
    "ta-bort": speaking.remove,
}


@permitted("meeting.own")
def own(meeting_id: UUID, what: str) -> Any:
    do = OWN.get(what) or abort(404)
    meeting = pages.existing(meeting_id, "meeting.see")
    _try(do, meeting=meeting, person_id=me())
    return redirect(url_for("meetings.room", meeting_id=meeting.id, _anchor="ordet"))


@permitted("meeting.own")
def given(meeting_id: UUID, speech_id: UUID, what: str) -> Any:
    do = GIVEN.get(what) or abort(404)
    meeting = pages.existing(meeting_id)
    _try(do, meeting=meeting, speech_id=speech_id)
    return _lead(meeting)


@permitted("meeting.own")
def spoken(meeting_id: UUID) -> Any:
    meeting = pages.existing(meeting_id)
    _try(speaking.end, meeting=meeting)
    return _lead(meeting)


@permitted("meeting.own")
def added(meeting_id: UUID) -> Any:
    meeting = pages.existing(meeting_id)
    _try(speaking.add, meeting=meeting, label=written(LabelForm().label))
    return _lead(meeting)


@permitted("meeting.own")
def rules(meeting_id: UUID) -> Any:
    meeting = pages.existing(meeting_id)
    form, problem = RulesForm(obj=speaking.rules_of(session(), meeting=meeting)), ""
    if form.validate_on_submit():
        try:
            speaking.settle(session(), meeting=meeting, rules=form.rules())
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Sparat."), "info")
            return _lead(meeting)
    page = render_template(
        "meetings/floor/rules.html", form=form, problem=problem, **pages.facts(meeting)
    )
    return page, 422 if problem else status(form)


def _try(do: Callable[..., None], **given: Any) -> None:
    try:
        do(session(), **given)
    except RefusedError as refused:
        flash(refused.sentence, "error")


def _lead(meeting: Meeting) -> Response:
    return redirect(url_for("meetings.lead", meeting_id=meeting.id, _anchor="talare"))
