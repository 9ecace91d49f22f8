"""Pages for attesters: attest with the password, or object with a reason."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from dialog.core.errors import RefusedError
from dialog.minutes import attesting, queries
from dialog.minutes import page as pages
from dialog.minutes.forms import AttestForm, ReasonForm
from dialog.minutes.models import Minutes, MinutesState
from dialog.minutes.page import Shown
from dialog.people.signing_in import authenticate, me, permitted
from dialog.web.database import let_go, session
from dialog.web.forms import refuse, status, written


def _attestable(minutes_id: UUID) -> Shown:
    shown = pages.existing(minutes_id, "minutes.attest")
    if shown.minutes.state in {MinutesState.DRAFTING, MinutesState.OBJECTED}:
        abort(404)
    return pages.read(shown)


@permitted("minutes.own", fresh=True)
def attest(minutes_id: UUID) -> Any:
    shown = _attestable(minutes_id)
    form, problem = AttestForm(data={"number": shown.minutes.number}), ""
    if form.validate_on_submit():
        try:
            is_last = _attest(shown, form)
        except RefusedError as refused:
            problem = refused.sentence
        else:
            if is_last is not None:
                flash(_("Alla har justerat. Texten är låst.") if is_last else _("Du har justerat."))
                return redirect(url_for("minutes.minutes", minutes_id=minutes_id))
    undecided = queries.is_undecided(session(), minutes=shown.minutes)
    page = render_template(
        "minutes/attest.html", form=form, problem=problem, undecided=undecided,
        **pages.facts(shown),
    )  # fmt: skip
    return page, 422 if problem else status(form)


def _attest(shown: Shown, form: AttestForm) -> bool | None:
    """Whether it was the last attestation; None with a wrong password."""
    email, person_id, minutes_id = current_user.person.email, me(), shown.minutes.id
    let_go()  # hashing takes its time
    if authenticate(email=email, password=written(form.password)) != person_id:
        refuse(form.password, _("Det är inte ditt lösenord. Försök igen."))
        return None
    return attesting.attest(
        session(),
        minutes=session().get_one(Minutes, minutes_id),
        person_id=person_id,
        number=form.number.data or 0,
        key=pages.key(),
        locked=shown.place.locked,
    )


@permitted("minutes.own", fresh=True)
def object_(minutes_id: UUID) -> Any:
    shown = _attestable(minutes_id)
    form, problem = ReasonForm(), ""
    if form.validate_on_submit():
        try:
            attesting.object_(
                session(), minutes=shown.minutes, person_id=me(), reason=written(form.reason)
            )
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Invändningen är lämnad. De som skriver ser den."), "info")
            return redirect(url_for("minutes.minutes", minutes_id=minutes_id))
    page = render_template("minutes/object.html", form=form, problem=problem, **pages.facts(shown))
    return page, 422 if problem else status(form)
