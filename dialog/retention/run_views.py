"""Pages of a run: its list, one person's yes, giving it up."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.people.signing_in import me, permitted
from dialog.retention import queries, running, words
from dialog.retention.forms import EndForm, WithdrawForm
from dialog.retention.models import DisposalRun, RetentionDecision, RunState
from dialog.retention.views import existing as existing_decision
from dialog.web.database import session
from dialog.web.forms import status


@permitted("retention.keep")
def begin(decision_id: UUID) -> Any:
    found = existing_decision(decision_id)
    try:
        made = running.begin(session(), decision=found, by=me())
    except RefusedError as refused:
        flash(refused.sentence, "warning")
        return redirect(url_for("retention.decision", decision_id=found.id))
    return redirect(url_for("retention.run", run_id=made.id))


@permitted("retention.see")
def run(run_id: UUID) -> Any:
    found = existing(run_id)
    page = request.args.get("sida", 1, int)
    items, pages = queries.items_of(session(), run=found, page=page)
    given = queries.confirmed_by(session(), run_id=found.id)
    mine = any(row.person_id == me() for row, _name in given)
    return _page(
        found, "retention/run.html",
        form=EndForm(), items=items, which=pages, given=given, mine=mine, state=RunState,
        words=words,
    )  # fmt: skip


@permitted("retention.confirm")
def confirm(run_id: UUID) -> Any:
    found = existing(run_id)
    try:
        running.confirm(session(), run=found, by=me())
    except RefusedError as refused:
        flash(refused.sentence, "warning")
    else:
        waits = found.state is RunState.LISTED
        flash(_("Du har godkänt listan. En person till ska göra det.") if waits
              else _("Två personer har godkänt listan. Nu gallras ärendena."))  # fmt: skip
    return redirect(url_for("retention.run", run_id=found.id))


@permitted("retention.confirm")
def withdraw(run_id: UUID) -> Any:
    found, form, problem = existing(run_id), WithdrawForm(), ""
    if form.validate_on_submit():
        try:
            running.withdraw(session(), run=found, by=me(), reason=str(form.reason.data).strip())
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Listan är tillbakadragen. Inget är gallrat."))
            return redirect(url_for("retention.run", run_id=found.id))
    page = _page(found, "retention/withdraw.html", form=form, problem=problem)
    return page, 422 if problem else status(form)


def existing(run_id: UUID) -> DisposalRun:
    return session().get(DisposalRun, run_id) or abort(404)


def _page(found: DisposalRun, template: str, **facts: Any) -> str:
    """A page about a run."""
    decision = session().get_one(RetentionDecision, found.decision_id)
    return render_template(template, run=found, decision=decision, **facts)
