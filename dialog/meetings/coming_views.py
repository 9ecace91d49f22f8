"""Pages of who comes: one's own answer, and the list at the door."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.meetings import page as pages
from dialog.meetings import registering
from dialog.meetings.forms import AnswerForm, words_of
from dialog.meetings.models import Answer
from dialog.people.signing_in import me, permitted
from dialog.web.database import session
from dialog.web.forms import status, written


@permitted("meeting.own")
def answer(meeting_id: UUID) -> Any:
    meeting = pages.existing(meeting_id, "meeting.see")
    facts = pages.facts(meeting)
    mine = facts["mine"] or abort(404)
    before = {"given": mine.answer.value, "needs": mine.needs, "needs_words": mine.needs_words}
    form, problem = AnswerForm(data=before), ""
    if form.validate_on_submit():
        try:
            row = registering.answer(
                session(),
                meeting=meeting,
                person_id=me(),
                given=Answer(form.given.data),
                needs=form.needs.data or (),
                needs_words=written(form.needs_words),
            )
        except RefusedError as refused:
            problem = refused.sentence
        else:
            waits = _("Rummet är fullt. Du står på väntelistan och får ett mejl om du får plats.")
            flash(waits if row.waiting else words_of(row.answer), "info")
            return redirect(url_for("meetings.meeting", meeting_id=meeting.id))
    page = render_template("meetings/answer.html", form=form, problem=problem, **facts)
    return page, 422 if problem else status(form)


@permitted("meeting.own")
def attendance(meeting_id: UUID) -> Any:
    meeting = pages.existing(meeting_id)
    if request.method == "POST":
        person = request.form.get("person", type=UUID) or abort(404)
        if person not in {who.id for _row, who in pages.invited(meeting)}:
            abort(404)
        came = request.form.get("kom") == "ja"
        registering.check_in(session(), meeting=meeting, person_id=person, came=came)
        search = request.form.get("sok", "")
        return redirect(url_for("meetings.attendance", meeting_id=meeting.id, sok=search or None))
    search = request.args.get("sok", "").strip()
    people = pages.invited(meeting)
    numbers = registering.numbers(session(), meeting=meeting)
    unseen = numbers["asked"] - len(people)
    if search:
        people = [each for each in people if search.lower() in each[1].name.lower()]
    return render_template(
        "meetings/attendance.html", people=people, search=search, **pages.facts(meeting),
        numbers=numbers, unseen=unseen,
    )  # fmt: skip
