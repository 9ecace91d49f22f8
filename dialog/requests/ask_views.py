"""Asking to read documents, without signing in; and how long answers take."""

from datetime import timedelta
from typing import Any, Final

from flask import render_template, request
from flask_babel import gettext as _

from dialog.core import receipts
from dialog.people.signing_in import permitted
from dialog.receipts.untraced import untraced
from dialog.requests import asking, queries, words
from dialog.requests.forms import AskForm
from dialog.storage.clock import today
from dialog.web import limits
from dialog.web.database import session
from dialog.web.forms import status, written

MOST: Final = "300 per hour"  # from everybody together: there is nobody to count them for
TIMED: Final = timedelta(days=365)


@untraced("request.ask")
def ask() -> Any:
    """The receipt is the answer to the form: sent again it is the same."""
    form = AskForm(wanted=request.args.get("nummer", "")[:100])
    if not form.validate_on_submit():
        form.ready()
        page = render_template("requests/ask.html", form=form, grouped=receipts.grouped)
        return page, status(form)
    limits.count(
        "request", "", at_most=MOST,
        sentence=_("Många har skickat den senaste timmen. Vänta en stund och skicka igen."),
    )  # fmt: skip
    asked = form.asked()
    receipt = asking.ask(
        session(), asked=asked, text=written(form.text).strip(),
        wanted=written(form.wanted).strip(), name=written(form.name).strip(),
    )  # fmt: skip
    return render_template(
        "requests/sent.html", number=receipt.number, code=asked.code, grouped=receipts.grouped
    )


@permitted("request.ask")
def times() -> Any:
    """Of the last year, and of no single request."""
    found = queries.times(session(), since=today() - TIMED)
    return render_template("requests/times.html", waits=found, words=words)
