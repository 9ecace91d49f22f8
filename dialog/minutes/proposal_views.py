"""Pages of amendments: a reader proposes, a writer decides."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.minutes import comparing, proposing, queries
from dialog.minutes import page as pages
from dialog.minutes.forms import DecisionForm, ProposalForm
from dialog.minutes.models import MinutesProposal, MinutesSection, MinutesState
from dialog.people.signing_in import me, permitted
from dialog.web.database import session
from dialog.web.forms import status, written


@permitted("minutes.own")
def propose(minutes_id: UUID, section_id: UUID) -> Any:
    shown = pages.existing(minutes_id)
    section = queries.section_of(session(), minutes=shown.minutes, section_id=section_id)
    if section is None or shown.minutes.state is not MinutesState.CIRCULATED:
        abort(404)
    form, problem = ProposalForm(data={"text": section.text}), ""
    if form.validate_on_submit():
        try:
            proposing.propose(
                session(), minutes=shown.minutes, section=section, text=written(form.text),
                reason=written(form.reason), by=me(),
            )  # fmt: skip
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Tack. De som skriver avgör förslaget och svarar varför."), "info")
            return redirect(url_for("minutes.minutes", minutes_id=minutes_id))
    page = render_template(
        "minutes/propose.html", form=form, problem=problem, section=section, **pages.facts(shown)
    )
    return page, 422 if problem else status(form)


@permitted("minutes.own")
def decide(minutes_id: UUID, proposal_id: UUID) -> Any:
    """Take it in or decline it, by the button that was pressed."""
    shown = pages.existing(minutes_id, "minutes.write")
    proposal = session().get(MinutesProposal, proposal_id)
    if proposal is None or proposal.minutes_id != minutes_id:
        abort(404)
    form, problem = DecisionForm(), ""
    if form.validate_on_submit():
        decided = proposing.accept if request.form.get("vad") == "ta-in" else proposing.decline
        try:
            decided(
                session(), minutes=shown.minutes, proposal=proposal, by=me(),
                answer=written(form.answer),
            )  # fmt: skip
        except RefusedError as refused:
            problem = refused.sentence
            session().rollback()
        else:
            flash(_("Förslaget är avgjort."), "info")
            return redirect(url_for("minutes.minutes", minutes_id=minutes_id))
    page = render_template(
        "minutes/decide.html",
        form=form,
        problem=problem,
        proposal=proposal,
        section=session().get_one(MinutesSection, proposal.section_id),
        rows=comparing.texts(proposal.before, proposal.text),
        **pages.facts(shown),
    )
    return page, 422 if problem else status(form)
