"""Pages of those who run a meeting: one question, and what is done with it."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from dialog.core.errors import RefusedError
from dialog.meetings import page as pages
from dialog.meetings.live import moderating, questions
from dialog.meetings.live.forms import MergeForm, ReplyForm, ShowForm
from dialog.meetings.live_models import MeetingQuestion
from dialog.meetings.models import Meeting
from dialog.people.signing_in import me, permitted
from dialog.storage.clock import now
from dialog.web.database import session
from dialog.web.forms import status, written

Act = Callable[[MeetingQuestion], None]


def _simply(do: Callable[..., None]) -> Act:
    return lambda row: do(session(), question=row, by=me())


ACTS: Final[dict[str, Act]] = {
    "ta-hand-om": _simply(moderating.claim),
    "slapp": _simply(moderating.let_go),
    "visa": _simply(moderating.show),
    "vanta": _simply(moderating.hold),
    "besvarad": _simply(moderating.answer),
}


@permitted("meeting.own")
def act(meeting_id: UUID, question_id: UUID, what: str) -> Any:
    do = ACTS.get(what) or abort(404)
    meeting, row = _question(meeting_id, question_id)
    try:
        do(row)
    except RefusedError as refused:
        flash(refused.sentence, "error")
    if what == "ta-hand-om":
        return redirect(url_for("meetings.question", meeting_id=meeting.id, question_id=row.id))
    return redirect(url_for("meetings.lead", meeting_id=meeting.id))


@permitted("meeting.own")
def question(meeting_id: UUID, question_id: UUID) -> Any:
    """Mask, answer or merge: three forms, of which one is sent."""
    meeting, row = _question(meeting_id, question_id)
    asked = questions.all_of(session(), meeting=meeting)
    forms: dict[str, FlaskForm] = {
        "mask": ShowForm(obj=row), "reply": ReplyForm(obj=row), "merge": MergeForm()
    }  # fmt: skip
    forms["merge"].offer(asked, row)
    sent, problem = request.form.get("do", ""), ""
    form = forms.get(sent)
    if request.method == "POST" and form is None:
        abort(404)
    if form is not None and form.validate():
        try:
            _do(sent, meeting, row, form)
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Det är gjort."), "info")
            return redirect(url_for("meetings.lead", meeting_id=meeting.id))
    page = render_template(
        "meetings/live/question.html",
        this=next(each for each in asked if each.row.id == row.id),
        forms=forms, sent=form, problem=problem, moment=now(), **pages.facts(meeting),
    )  # fmt: skip
    return page, 422 if problem else status(form) if form else 200


def _do(sent: str, meeting: Meeting, row: MeetingQuestion, form: Any) -> None:
    given: dict[str, Any] = {"question": row, "by": me()}
    if sent == "mask":
        moderating.show(session(), **given, text=written(form.text))
    elif sent == "reply":
        moderating.answer(session(), **given, text=written(form.answer))
    else:
        into = questions.of(session(), meeting=meeting, question_id=form.chosen()) or abort(404)
        moderating.merge(session(), **given, into=into)


def _question(meeting_id: UUID, question_id: UUID) -> tuple[Meeting, MeetingQuestion]:
    meeting = pages.existing(meeting_id)
    row = questions.of(session(), meeting=meeting, question_id=question_id) or abort(404)
    return meeting, row
