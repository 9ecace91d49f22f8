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
    agreement = agreeing.current(session(), body=body)
    rules = agreeing.all_rules(agreement)
    form = PlannerForm(request.args)
    form.offer(rules)
    found, chosen = None, rules[Paragraph.EMPLOYER_FIRST]
    if request.args and form.validate() and form.dag.data:
        chosen = rules[Paragraph(form.paragraf.data)]
        days = backwards.last_days(
            chosen,
            decision=form.dag.data,
            lead=agreeing.lead_under(agreement),
            central=bool(form.centralt.data),
        )
        found = timeline.draw({**vars(days), "decision": form.dag.data}, today=today())
    page = render_template(
        "negotiations/planner.html", form=form, body=body, reader=reader, found=found,
        agreement=agreement, rules=chosen, words=words, today=today(),
    )  # fmt: skip
    return page, status(form)
