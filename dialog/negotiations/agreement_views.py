"""The page of the times that go for a body; who keeps it says others from a day on."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.core.negotiating.agreements import USUAL
from dialog.core.negotiating.rules import Paragraph
from dialog.negotiations import agreeing, words
from dialog.negotiations import page as pages
from dialog.negotiations.time_forms import TimesForm
from dialog.people.signing_in import permitted
from dialog.storage.clock import today
from dialog.web.database import session
from dialog.web.forms import refuse, status


@permitted("matter.own")
def times(body_id: UUID) -> Any:
    body, reader = pages.body(body_id)
    if request.method == "POST" and not reader.keeps:
        abort(404)
    all_ = agreeing.agreements_of(session(), bodies=[body.id]).get(body.id, ())
    now = agreeing.agreement_on(all_, today())
    lead = agreeing.lead_under(now)
    said = now.model_dump() if now else {
        **vars(USUAL), "call_days": lead.call, "attestation_days": lead.attestation,
        "documents_days": lead.documents,
    }  # fmt: skip
    replaces = [agreeing.COLUMNS[each] for each in agreeing.replaced(now)]
    form = TimesForm(data={**said, "from_day": today(), "replaces": replaces})
    form.ask(body)
    if form.validate_on_submit():
        try:
            agreeing.agree(session(), body=body, said=form.said())
        except RefusedError as refused:
            refuse(form.from_day, refused.sentence)
        else:
            flash(_("Tiderna är sparade."), "info")
            return redirect(url_for("negotiations.times", body_id=body.id))
    page = render_template(
        "negotiations/times.html", form=form, body=body, reader=reader, all_=all_, now=now,
        rules=agreeing.rules_under(Paragraph.EMPLOYER_FIRST, now), lead=lead, words=words,
    )  # fmt: skip
    return page, status(form)
