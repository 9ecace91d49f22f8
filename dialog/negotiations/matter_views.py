"""Pages where a matter is opened, by either side, and where what is said of it is changed."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.core.negotiating.rules import Paragraph
from dialog.negotiations import agreeing, changing, opening, words
from dialog.negotiations import page as pages
from dialog.negotiations.matter_forms import ChangeForm, FactsForm, MatterForm
from dialog.negotiations.models import MblAgreement
from dialog.negotiations.opening import Facts
from dialog.negotiations.page import Shown
from dialog.people.signing_in import me, permitted
from dialog.storage.clock import today
from dialog.unions import queries as unions
from dialog.unions.models import UnionBody
from dialog.web.database import session
from dialog.web.forms import status


@permitted("matter.own")
def new_matter(body_id: UUID) -> Any:
    """For the employer's side, which also writes down what an organisation asked for by letter."""
    body, _reader = pages.body(body_id, "matter.keep")
    organisations = unions.organisations_of(session(), body=body)
    form = MatterForm(
        data={"day": today(), "organisations": [str(each.id) for each in organisations]}
    )
    agreement = agreeing.current(session(), body=body)
    form.offer(organisations, agreeing.all_rules(agreement))
    return _opened(form, body, agreement, by=me(), given=form.given)


@permitted("matter.own")
def ask(body_id: UUID) -> Any:
    """For an organisation, under a mandate (12 §). Who wrote it is not kept."""
    body, reader = pages.body(body_id)
    organisation = reader.organisation_id or abort(404)
    given = {
        "paragraph": Paragraph.UNION_ASKS, "organisations": [], "asked_by": organisation,
        "day": today(),
    }  # fmt: skip
    agreement = agreeing.current(session(), body=body)
    return _opened(FactsForm(), body, agreement, by=None, given=lambda: given)


def _opened(
    form: FactsForm, body: UnionBody, agreement: MblAgreement | None, *, by: UUID | None, given: Any
) -> Any:
    problem = ""
    if form.validate_on_submit():
        said = {**given(), "facts": form.facts(), "by": by}
        try:
            made = opening.open_matter(session(), body=body, **said)
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Ärendet är sparat."), "info")
            return redirect(url_for("negotiations.matter", matter_id=made.id))
    page = render_template(
        "negotiations/new_matter.html", form=form, body=body, problem=problem, words=words,
        agreement=agreement, rules=agreeing.rules_under(Paragraph.UNION_ASKS, agreement),
    )  # fmt: skip
    return page, 422 if problem else status(form)


@permitted("matter.own")
def edit_matter(matter_id: UUID) -> Any:
    shown = pages.existing(matter_id, "matter.keep")
    form, problem = _changing(shown), ""
    if form.validate_on_submit():
        try:
            _change(shown, form)
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Ärendet är ändrat."), "info")
            return redirect(url_for("negotiations.matter", matter_id=matter_id))
    page = render_template(
        "negotiations/edit_matter.html", form=form, problem=problem, **pages.frame(shown)
    )
    return page, 422 if problem else status(form)


def _change(shown: Shown, form: ChangeForm) -> None:
    matter, employer = shown.matter, shown.mine
    assert employer is not None  # who keeps the body looks for the employer
    planned = Facts(matter.title, matter.background, form.decision_on.data)
    facts = form.facts() if employer.row.asked else planned
    changing.change(session(), matter=matter, employer=employer, facts=facts, by=me())
    changing.add(session(), matter=matter, employer=employer, words=form.added(), by=me())
    changing.add_parties(
        session(), matter=matter, employer=employer, organisations=form.joining(), by=me()
    )


def _changing(shown: Shown) -> ChangeForm:
    """What is said of the matter, and who can still become a party."""
    form = ChangeForm(obj=shown.matter, data={"more": []})
    form.ask(own=shown.mine is not None and shown.mine.row.asked)
    there = {each.row.organisation_id for each in shown.parties}
    all_ = unions.organisations_of(session(), body=shown.body)
    joins = shown.matter.state in changing.JOINING
    form.offer([each for each in all_ if joins and each.id not in there])
    return form
