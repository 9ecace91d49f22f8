"""Pages where a question is put, and where its receipt gives the answer."""

from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.meetings.live import questions, receipts, showing, visiting
from dialog.meetings.live.forms import BY_NAME, NAMELESS, SLIP, AskForm, ReceiptForm
from dialog.meetings.live_models import MeetingQuestion
from dialog.meetings.models import Meeting
from dialog.people import passwords
from dialog.people.signing_in import me, permitted
from dialog.web import limits
from dialog.web.database import let_go, session
from dialog.web.forms import status, written

ATTEMPTS: Final = "20 per 15 minutes"
GUESTS_ASK: Final = "300 per 15 minutes"  # in one meeting


@permitted("meeting.follow", traceless=True)  # nothing tells when somebody put a question
def ask(meeting_id: UUID) -> Any:
    meeting, guest = visiting.followed(meeting_id)
    facts = visiting.facts(meeting, guest=guest)
    form, problem = AskForm(), ""
    form.offer(facts["items"], running=facts["running"], guest=guest)
    if form.validate_on_submit():
        if guest:  # nobody knows who they are: they are counted together
            limits.count("guests-ask", str(meeting.id), at_most=GUESTS_ASK)
        try:
            receipt = _put(meeting, form, running=facts["running"])
        except RefusedError as refused:
            problem = refused.sentence
        else:
            if receipt:
                return render_template("meetings/live/asked.html", code=receipt, **facts)
            flash(_("Tack. Frågan finns nu hos dem som håller i mötet."), "info")
            return redirect(url_for("meetings.room", meeting_id=meeting.id))
    asking = questions.are_taken(session(), meeting=meeting)
    page = render_template(
        "meetings/live/ask.html", form=form, problem=problem, asking=asking, **facts
    )
    return page, 422 if problem else status(form)


def _put(meeting: Meeting, form: AskForm, *, running: bool) -> str:
    """Put the question; the code of its receipt, if it has one."""
    how = form.name.data if form.name else NAMELESS
    receipt = None
    if how == NAMELESS:
        let_go()  # hashing takes a while: others write meanwhile
        receipt = receipts.new()
        meeting = session().get_one(Meeting, meeting.id)
    items = showing.room(session(), meeting=meeting).items
    questions.put(
        session(),
        meeting=meeting,
        once=written(form.once),
        text=written(form.text),
        item=form.chosen(items),
        asker=me() if how == BY_NAME else None,
        receipt=receipt,
        slip=how == SLIP and running,
    )
    return receipt.code if receipt else ""


@permitted("meeting.follow", traceless=True)
def receipt(meeting_id: UUID) -> Any:
    meeting, guest = visiting.followed(meeting_id, afterwards=True)
    form, found, missing = ReceiptForm(), None, False
    if form.validate_on_submit():
        number = receipts.read(written(form.code))
        who = number[0] if guest and number else me()  # a guest is nobody: tries of one code
        limits.count("receipt", f"{meeting.id}{who}", at_most=ATTEMPTS)
        found = _with(meeting, written(form.code))
        missing = found is None
    page = render_template(
        "meetings/live/receipt.html",
        form=form, found=found, missing=missing, **visiting.facts(meeting, guest=guest),
    )  # fmt: skip
    return page, 422 if missing else status(form)


def _with(meeting: Meeting, code: str) -> MeetingQuestion | None:
    read = receipts.read(code)
    assert read is not None  # the form has looked
    rows = questions.with_number(session(), meeting=meeting, number=read[0])
    let_go()
    if not rows:  # takes as long as a wrong code
        passwords.matches("", read[1])
    key = next((row.id for row in rows if passwords.matches(row.receipt_hash, read[1])), None)
    if key is None:
        return None
    row = session().get_one(MeetingQuestion, key)
    return session().get_one(MeetingQuestion, row.into_id) if row.into_id else row
