"""Following by mail: asking for it, confirming it, and ending it by a secret link."""

from typing import Any, Final

from flask import (
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialog.commitments import following, overviews, secret_links, subjects
from dialog.commitments.follow_forms import ConfirmForm, FollowForm
from dialog.commitments.queries import Wanted
from dialog.people.signing_in import permitted
from dialog.web import limits
from dialog.web.database import session
from dialog.web.forms import status, written
from dialog.web.i18n import language

MAILS: Final = "5 per hour"
_WAIT: Final = _l(
    "Flera mejl har redan skickats till den här adressen. Titta i din e-post, även bland skräp, och"
    " försök igen om en timme."
)


def use_one_click(state: BlueprintSetupState) -> None:
    """A mail program's own button to leave posts without a page of ours before it (RFC 8058): the
    secret in the address is all it has.
    """
    state.app.extensions["csrf"].exempt(leave)


@permitted("commitment.follow")
def follow() -> Any:
    form = FollowForm(what=_asked())
    overview = overviews.overview(session(), wanted=Wanted())
    form.offer(overview)
    if not form.validate_on_submit():
        return render_template("commitments/follow.html", form=form), status(form)
    email = form.address
    limits.count("follow", email, at_most=MAILS, sentence=str(_WAIT))
    key = secret_links.follow_key(current_app.extensions["settings"].keys)
    following.ask(session(), email=email, what=written(form.what), language=language(), key=key)
    return redirect(url_for("commitments.follow_sent"))


def _asked() -> str:
    """What the link to the form was about."""
    if series := request.args.get("serie"):
        return subjects.SERIES + series
    if code := request.args.get("forvaltning"):
        return subjects.FORVALTNING + code
    return subjects.ALL


@permitted("commitment.follow")
def follow_sent() -> Any:
    return render_template("commitments/follow_sent.html", days=following.CONFIRM_WITHIN.days)


@permitted("commitment.follow")
def following_page(secret: str) -> Any:
    """Where the link in a mail leads. Opening it changes nothing: mail is often read by machines
    first.
    """
    form = ConfirmForm()
    if form.validate_on_submit():
        following.confirm(session(), secret=secret) or abort(404)
        flash(_("Klart. Du får ett mejl när något händer."))
        return redirect(url_for("commitments.following_page", secret=secret))
    found = secret_links.find(session(), secret=secret)
    name = subjects.name_of(session(), what=found.what) if found else ""
    page = render_template(
        "commitments/following.html", form=form, follower=found, name=name, secret=secret
    )
    answer = make_response(page, 200 if found else 404)
    answer.headers["Referrer-Policy"] = "no-referrer"  # the address is the secret
    return answer


@permitted("commitment.follow")
def leave(secret: str) -> Any:
    """The same answer whether there was anything to end."""
    following.leave(session(), secret=secret)
    return redirect(url_for("commitments.left"))


@permitted("commitment.follow")
def left() -> Any:
    return render_template("commitments/left.html")
