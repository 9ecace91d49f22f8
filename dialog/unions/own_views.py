"""Pages of a representative: one's own mandates, acting under one, and where its notices go."""

from typing import Any, Final
from uuid import UUID

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
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialog.core.errors import RefusedError
from dialog.core.mandates import Standing
from dialog.people.signing_in import me, permitted
from dialog.unions import acting, addresses, mandating, queries, words
from dialog.unions import page as pages
from dialog.unions.forms import AddressForm, ConfirmForm, LastDayForm
from dialog.unions.models import NoticeAddress
from dialog.web import limits
from dialog.web.database import session
from dialog.web.forms import refuse, status
from dialog.web.redirects import own_path

MAILS: Final = "5 per hour"
_WAIT: Final = _l(
    "Flera mejl har redan skickats till den här adressen. Titta i din e-post, även bland skräp, och"
    " försök igen om en timme."
)


@permitted("mandate.own")
def mine() -> Any:
    """Where somebody chooses to act; `next` is where they were going."""
    held = queries.of_person(session(), person_id=me())
    waiting = {
        each.mandate.id: row.email
        for each in held
        if (row := session().get(NoticeAddress, each.mandate.id)) is not None
    }
    return render_template(
        "unions/mine.html", held=held, waiting=waiting, words=words, back=_back(request.args)
    )


@permitted("mandate.own")
def act(mandate_id: UUID) -> Any:
    held = pages.own(mandate_id)
    if held.standing is not Standing.IN_FORCE:
        flash(_("Uppdraget gäller inte i dag."), "warning")
        return redirect(url_for("unions.mine"))
    acting.begin(session(), mandate=held.mandate)
    return redirect(_back(request.form) or url_for("unions.body", body_id=held.body.id))


@permitted("mandate.own")
def stop() -> Any:
    acting.stop(session())
    flash(_("Du är här som anställd igen."), "info")
    return redirect("/")


@permitted("mandate.own")
def address(mandate_id: UUID) -> Any:
    held = pages.own(mandate_id)
    form = AddressForm(email=held.mandate.notice_email or held.person.email)
    if not form.validate_on_submit():
        return render_template("unions/address.html", form=form, held=held), status(form)
    limits.count("notice-address", form.address, at_most=MAILS, sentence=str(_WAIT))
    key = addresses.address_key(current_app.extensions["settings"].keys)
    asked = addresses.choose(session(), mandate=held.mandate, email=form.address, key=key)
    sent = _("Ett mejl med en länk är på väg dit. När du har följt den går meddelandena dit.")
    flash(sent if asked else _("Sparat. Meddelandena går till den adressen."), "info")
    return redirect(url_for("unions.mine"))


@permitted("mandate.own")
def resign(mandate_id: UUID) -> Any:
    held, form = pages.own(mandate_id), LastDayForm()
    if form.validate_on_submit():
        try:
            mandating.resign(session(), mandate=held.mandate, last_day=form.day("last_day"))
        except RefusedError as refused:
            refuse(form.last_day, refused.sentence)
        else:
            flash(_("Sparat. Gruppens sekreterare ser din sista dag."), "info")
            return redirect(url_for("unions.mine"))
    return render_template("unions/resign.html", form=form, held=held, words=words), status(form)


@permitted("mandate.address")
def confirm_address(secret: str) -> Any:
    """Where the link in the mail leads; it says nothing of whose it is. Opening changes nothing."""
    form = ConfirmForm()
    if form.validate_on_submit():
        addresses.confirm(session(), secret=secret) or abort(404)
        return redirect(url_for("unions.address_confirmed"))
    found = addresses.find(session(), secret=secret)
    page = render_template("unions/confirm_address.html", form=form, found=found, secret=secret)
    answer = make_response(page, 200 if found else 404)
    answer.headers["Referrer-Policy"] = "no-referrer"  # the address is the secret
    return answer


@permitted("mandate.address")
def address_confirmed() -> Any:
    return render_template("unions/address_confirmed.html")


def _back(given: Any) -> str:
    """Where somebody was going, if anywhere: a path of ours."""
    return own_path(given.get("next"), otherwise="")
