"""Pages of what is printed for a round: stacks of codes, their sheets, the questions on paper."""

from typing import Any
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.core.levels import Level
from dialog.organisation import audiences
from dialog.organisation import queries as organisation
from dialog.organisation.wording import level_name
from dialog.people.signing_in import actor, permit, permitted
from dialog.surveys.models import CodeStack, Round
from dialog.surveys.paper.questions import page_of
from dialog.surveys.rounds import checklist, stacks
from dialog.surveys.rounds import page as round_page
from dialog.surveys.rounds.stack_forms import StackForm, WithdrawForm
from dialog.surveys.rounds.views import open_round
from dialog.web.database import session
from dialog.web.forms import refuse, status


def _stack(round_: Round, stack_id: UUID) -> CodeStack:
    stack = session().get(CodeStack, stack_id)
    return stack if stack is not None and stack.round_id == round_.id else abort(404)


@permitted("round.see")
def round_codes(round_id: UUID) -> Any:
    """The stacks of a round, and a form for a new one."""
    round_ = open_round(round_id)
    if not round_.access.prints:
        abort(404)
    audience = audiences.from_json(round_.audience)
    form = StackForm()
    form.offer(audiences.units_in(session(), audience=audience))
    if form.is_submitted():
        permit("round.run")
        if form.validate() and _make(round_, form):
            return redirect(url_for("surveys.round_codes", round_id=round_id))
    page = render_template(
        "surveys/rounds/codes.html",
        round=round_,
        form=form,
        stacks=stacks.of_round(session(), round_=round_),
        making=round_.state in stacks.MAKING and round_.reconcile_since is None,
        withdrawing=round_.state in stacks.WITHDRAWING,
        names={level.value: level_name(level) for level in Level},
    )
    return page, status(form)


def _make(round_: Round, form: StackForm) -> bool:
    code = form.unit_code()
    try:
        stack = stacks.make(
            session(),
            round_=round_,
            count=form.count.data or 0,
            by=actor().person_id,
            unit=organisation.unit(session(), code=code) if code else None,
            level=Level(form.level.data) if form.level.data else None,
            stack_id=form.stack_id(),
        )
    except RefusedError as refused:
        refuse(form.count, refused.sentence)
        return False
    flash(_("%(count)s koder är gjorda. Hämta arken och skriv ut dem.", count=stack.count), "info")
    return True


@permitted("round.run")
def code_sheets(round_id: UUID, stack_id: UUID) -> Any:
    """The slips of a stack as PDF, for an hour. No copy of it is to stay in a cache."""
    round_ = open_round(round_id, "round.run")
    stack = _stack(round_, stack_id)
    try:
        made = stacks.printed(session(), round_=round_, stack=stack, settings=round_page.settings())
    except RefusedError as refused:
        flash(refused.sentence, "warning")
        return redirect(url_for("surveys.round_codes", round_id=round_id))
    response = Response(made, mimetype="application/pdf")
    response.headers["Content-Disposition"] = "attachment; filename=lappar.pdf"
    response.headers["Cache-Control"] = "no-store"
    return response


@permitted("round.run")
def withdraw_codes(round_id: UUID, stack_id: UUID) -> Any:
    round_ = open_round(round_id, "round.run")
    stack = _stack(round_, stack_id)
    form = WithdrawForm(stack)
    if form.validate_on_submit():
        try:
            stacks.withdraw(session(), round_=round_, stack=stack, by=actor().person_id)
        except RefusedError as refused:
            refuse(form.typed, refused.sentence)
        else:
            flash(_("Högen är tillbakadragen."), "info")
            return redirect(url_for("surveys.round_codes", round_id=round_id))
    unit = stacks.unit_of(session(), stack=stack)
    page = render_template(
        "surveys/rounds/withdraw.html",
        round=round_,
        stack=stack,
        unit=unit.name if unit else "",
        form=form,
    )
    return page, status(form)


@permitted("round.see")
def paper_form(round_id: UUID) -> Any:
    """The questions to print, for those who cannot answer in a browser."""
    round_ = open_round(round_id)
    asked = checklist.questionnaire_of(session(), round_=round_)
    language = "en" if request.args.get("visa") == "en" and "en" in asked.languages else "sv"
    with force_locale(language):
        paper = page_of(round_, asked, language=language)
        return render_template("surveys/paper/form.html", round=round_, paper=paper)
