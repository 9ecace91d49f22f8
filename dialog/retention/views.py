"""Pages of decisions of retention: the list, a new one, one with its matters."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from dialog.core.errors import RefusedError
from dialog.diary import queries as diary
from dialog.diary.models import DiaryAuthority
from dialog.people.signing_in import me, permitted
from dialog.retention import deciding, queries, under, words
from dialog.retention.forms import DecisionForm, EndForm, MattersForm
from dialog.retention.models import RetentionDecision
from dialog.web.database import session
from dialog.web.forms import refuse, status


@permitted("retention.see")
def decisions() -> Any:
    return render_template("retention/decisions.html", listed=queries.decisions(session()))


@permitted("retention.keep")
def new_decision() -> Any:
    boards, form = diary.authorities(session()), DecisionForm()
    form.offer(boards)
    if boards and form.validate_on_submit():
        try:
            made = deciding.record(session(), said=form.said(), by=me())
        except RefusedError as refused:
            refuse(form.name, refused.sentence)
        else:
            flash(_("Beslutet är infört. Skriv nu vilka ärenden som ska gallras enligt det."))
            return redirect(url_for("retention.put_under", decision_id=made.id))
    page = render_template("retention/new_decision.html", form=form, boards=boards)
    return page, status(form)


@permitted("retention.see")
def decision(decision_id: UUID) -> Any:
    found = existing(decision_id)
    page = request.args.get("sida", 1, int)
    matters, pages = under.page_of(session(), decision=found, page=page)
    return page_of(
        "retention/decision.html", found,
        matters=matters,
        which=pages,
        due=under.any_due(session(), decision=found),
        open_run=queries.open_run(session(), decision=found),
        runs=queries.runs_of(session(), decision=found),
        end_form=EndForm(),
    )  # fmt: skip


@permitted("retention.keep")
def put_under(decision_id: UUID) -> Any:
    found, form = existing(decision_id), MattersForm()
    if form.validate_on_submit():
        try:
            number = deciding.put_under(session(), decision=found, named=form.named(), by=me())
        except RefusedError as refused:
            refuse(form.numbers, refused.sentence)
        else:
            flash(ngettext("%(num)d ärende gallras enligt beslutet.",
                           "%(num)d ärenden gallras enligt beslutet.", number))  # fmt: skip
            return redirect(url_for("retention.decision", decision_id=found.id))
    return page_of("retention/put_under.html", found, form=form), status(form)


@permitted("retention.keep")
def end(decision_id: UUID) -> Any:
    found, form = existing(decision_id), EndForm()
    if form.validate_on_submit():
        deciding.end(session(), decision=found)
        flash(_("Beslutet gäller inte längre. Ärendena bevaras tills ett annat beslut tas."))
        return redirect(url_for("retention.decision", decision_id=found.id))
    return page_of("retention/end.html", found, form=form)


def existing(decision_id: UUID) -> RetentionDecision:
    return session().get(RetentionDecision, decision_id) or abort(404)


def page_of(template: str, found: RetentionDecision, **facts: Any) -> str:
    """A page about a decision."""
    authority = session().get_one(DiaryAuthority, found.authority_id)
    return render_template(template, decision=found, authority=authority, words=words, **facts)
