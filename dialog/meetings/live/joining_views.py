"""Pages on which somebody joins a meeting without signing in: by its code, typed or followed."""

from typing import Any, Final

from flask import abort, make_response, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from dialog.meetings import page as pages
from dialog.meetings import words
from dialog.meetings.live import codes, guests, questions, visiting
from dialog.meetings.live.forms import CodeForm
from dialog.meetings.models import Meeting
from dialog.people.signing_in import permitted
from dialog.web import limits
from dialog.web.database import session
from dialog.web.forms import refuse, status, written

WRONG_CODES: Final = "100 per 15 minutes"  # that begin alike


@permitted("meeting.join", traceless=True)
def enter_code() -> Any:
    form = CodeForm()
    if form.validate_on_submit():
        if (code := codes.read(written(form.code), length=guests.LENGTH)) and _meeting(code):
            return redirect(url_for("meetings.join", code=codes.shown(code)), code=303)
        refuse(form.code, _l("Koden stämmer inte, eller så tar mötet inte emot gäster nu."))
    return render_template("meetings/live/code.html", form=form), status(form)


@permitted("meeting.join", traceless=True)
def join(code: str) -> Any:
    """A button, for nothing is changed by following an address. Its cookie goes to this meeting
    alone, and is the same for all its guests.
    """
    plain = codes.read(code, length=guests.LENGTH)
    meeting = (_meeting(plain) if plain else None) or abort(404)
    form, settings = FlaskForm(), pages.settings()
    if not form.validate_on_submit():
        asking = questions.are_taken(session(), meeting=meeting)
        return render_template(
            "meetings/live/join.html", form=form, meeting=meeting, words=words, asking=asking
        )
    where = "room" if questions.are_taken(session(), meeting=meeting) else "receipt"
    answer = make_response(redirect(url_for(f"meetings.{where}", meeting_id=meeting.id), code=303))
    answer.set_cookie(
        visiting.COOKIE,
        guests.token(settings.keys, meeting=meeting),
        max_age=guests.KEPT_FOR,
        path=f"/moten/{meeting.id}",
        secure=settings.https,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _meeting(code: str) -> Meeting | None:
    """The meeting that can be joined with a code. Wrong ones count against its first letters, and
    past the limit right ones wait as well. A right one does not count while nobody is let in.
    """
    begins = code[: guests.NUMBER]
    if not limits.used_up("join", begins, at_most=WRONG_CODES):
        found = guests.meeting_of(session(), pages.settings().keys, given=code)
        if found is not None:
            return found if guests.may_join(found) else None
    sentence = _l("Koden har skrivits fel för många gånger. Vänta en kvart och försök igen.")
    limits.count("join", begins, at_most=WRONG_CODES, sentence=str(sentence))
    return None
