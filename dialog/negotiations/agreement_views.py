"""The page of the times that go for a body; who keeps it says others from a day on."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.negotiations import agreeing, words
from dialog.negotiations import page as pages
from dialog.negotiations.models import MblAgreement
from dialog.negotiations.time_forms import TimesForm
from dialog.people.signing_in import permitted
from dialog.storage.clock import today
from dialog.unions.models import UnionBody
from dialog.web.database import session
from dialog.web.forms import refuse, status


@permitted("matter.own")
def times(body_id: UUID) -> Any:
    body, reader = pages.body(body_id)
    if request.method == "POST" and not reader.keeps:
        abort(404)
    all_ = agreeing.agreements_of(session(), bodies=[body.id]).get(body.id, ())
    now = agreeing.agreement_on(all_, today())
    form = _form(body, now)
    if form.validate_on_submit() and _agreed(body, form):
        flash(_("Tiderna är sparade."), "info")
        return redirect(url_for("negotiations.times", body_id=body.id))
    since = now.from_day if now else date.min
    page = render_template(
        "negotiations/times.html", form=form, body=body, reader=reader, now=now, words=words,
        before=[each for each in all_ if each.from_day < since],
        later=[each for each in all_ if each.from_day > today()],
        orders=words.orders(agreeing.all_rules(now)), lead=agreeing.lead_under(now),
    )  # fmt: skip
    return page, status(form)


def _form(body: UnionBody, now: MblAgreement | None) -> TimesForm:
    """Filled with what goes now, from today on."""
    said = now.model_dump() if now else agreeing.usual()
    replaces = [agreeing.COLUMNS[each] for each in agreeing.replaced(now)]
    form = TimesForm(data={**said, "from_day": today(), "replaces": replaces})
    form.ask(body)
    return form


def _agreed(body: UnionBody, form: TimesForm) -> bool:
    """Whether what the form says is kept; else the form says why not."""
    try:
        agreeing.agree(session(), body=body, said=form.said())
    except RefusedError as refused:
        refuse(form.from_day, refused.sentence)
    return not form.errors
