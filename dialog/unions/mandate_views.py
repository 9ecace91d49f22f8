"""Pages where those who keep a group record, change, end and remove mandates in it."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.organisation import queries as organisation
from dialog.organisation.naming import suggestion
from dialog.people.addresses import UnknownAddressError
from dialog.people.signing_in import me, permitted
from dialog.storage.clock import today
from dialog.unions import mandating, queries, words
from dialog.unions import page as pages
from dialog.unions.forms import ConfirmForm, DaysForm, MandateForm
from dialog.web.database import session
from dialog.web.forms import refuse, status


@permitted("mandate.own")
def new_mandate(body_id: UUID) -> Any:
    body = pages.existing(body_id, "body.keep")
    nodes = organisation.nodes(session())
    unit = next((suggestion(node) for node in nodes if node.id == body.unit_id), "")
    form = MandateForm(data={"unit": unit, "starts_on": today(), "notified_on": today()})
    form.nodes, known = nodes, queries.organisations(session())
    form.offer(known)
    if form.validate_on_submit():
        try:
            mandating.record(session(), body=body, notice=form.notice(), by=me())
        except RefusedError as refused:
            unknown = isinstance(refused, UnknownAddressError)
            refuse(form.person if unknown else form.starts_on, refused.sentence)
        else:
            flash(_("Uppdraget är infört."), "info")
            return redirect(url_for("unions.body", body_id=body.id))
    page = render_template("unions/new_mandate.html", form=form, body=body, known=known)
    return page, status(form)


@permitted("mandate.own")
def mandate(mandate_id: UUID) -> Any:
    """Its days and what was done with it; the days can be changed."""
    held = pages.kept(mandate_id)
    row = held.mandate
    before = {"starts_on": row.starts_on, "ends_on": row.ends_on, "deputy": row.deputy}
    form = DaysForm(data=before)
    if form.validate_on_submit():
        said = {name: form[name].data for name in before}
        try:
            mandating.change(session(), mandate=row, by=me(), **said)
        except RefusedError as refused:
            refuse(form.ends_on, refused.sentence)
        else:
            flash(_("Sparat."), "info")
            return redirect(url_for("unions.body", body_id=held.body.id))
    page = render_template(
        "unions/mandate.html", form=form, held=held, words=words,
        steps=queries.steps_of(session(), mandate_id=row.id),
    )  # fmt: skip
    return page, status(form)


@permitted("mandate.own")
def remove(mandate_id: UUID) -> Any:
    """What was recorded by mistake is gone afterwards, as if it had never been here."""
    held, form = pages.kept(mandate_id), ConfirmForm()
    if form.validate_on_submit():
        body_id = held.body.id
        mandating.remove(session(), mandate=held.mandate)
        flash(_("Uppdraget är borttaget."), "info")
        return redirect(url_for("unions.body", body_id=body_id))
    return render_template("unions/remove.html", form=form, held=held, words=words), status(form)
