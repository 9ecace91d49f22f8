"""The page that counts backwards from the day of a board's decision, before or in a matter."""

from typing import Any
from uuid import UUID

from flask import render_template, request

from dialog.core.negotiating import backwards
from dialog.core.negotiating.rules import Paragraph
from dialog.negotiations import agreeing, timeline, words
from dialog.negotiations import page as pages
from dialog.negotiations.time_forms import PlannerForm
from dialog.people.signing_in import permitted
from dialog.storage.clock import today
from dialog.web.database import session
from dialog.web.forms import status


@permitted("matter.own")
def plan(body_id: UUID) -> Any:
    body, reader = pages.body(body_id)
    form = PlannerForm(request.args)
    found = None
    if request.args and form.validate() and form.dag.data:
        all_ = agreeing.agreements_of(session(), bodies=[body.id]).get(body.id, ())
        agreement = agreeing.agreement_on(all_, today())
        days = backwards.last_days(
            agreeing.rules_under(Paragraph(form.paragraf.data), agreement),
            decision=form.dag.data,
            lead=agreeing.lead_under(agreement),
            central=bool(form.centralt.data),
        )
        found = timeline.draw({**vars(days), "decision": form.dag.data}, today=today())
    page = render_template(
        "negotiations/planner.html", form=form, body=body, reader=reader, found=found,
        words=words, today=today(),
    )  # fmt: skip
    return page, status(form)
