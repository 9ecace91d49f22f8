"""Pages of a round: the list, the round itself, its mail and its poster."""

from typing import Any, Final
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from dialog.core.questionnaire import dump
from dialog.people.signing_in import me, permit, permitted
from dialog.surveys import programmes
from dialog.surveys.answering.page_content import content_of
from dialog.surveys.holders import functions
from dialog.surveys.models import Access, Round, RoundState, Survey
from dialog.surveys.rendering import render_form
from dialog.surveys.rounds import checklist, mails, plan_views, planning, queries
from dialog.surveys.rounds import page as round_page
from dialog.surveys.rounds import words as round_words
from dialog.surveys.rounds.forms import (
    NewRoundForm,
)
from dialog.surveys.rounds.states import ENDED
from dialog.surveys.state_words import STATE_WORDS
from dialog.web.database import session
from dialog.web.forms import status, written
from dialog.web.i18n import language

FILTERS: Final = {
    "pagar": (_l("Pågår"), frozenset(RoundState) - ENDED),
    "granskas": (_l("Väntar på granskning"), frozenset({RoundState.REVIEW})),
    "avslutade": (_l("Avslutade"), ENDED),
    "alla": (_l("Alla"), frozenset(RoundState)),
}


def open_round(round_id: UUID, action: str = "round.see") -> Round:
    """The round, for somebody who may; else 404."""
    permit(action)
    return session().get(Round, round_id) or abort(404)


@permitted("round.see")
def rounds() -> Any:
    chosen = request.args.get("lage", "pagar")
    chosen = chosen if chosen in FILTERS else "pagar"
    found = queries.page_of_rounds(
        session(), states=FILTERS[chosen][1], page=request.args.get("sida", 1, int)
    )
    return render_template(
        "surveys/rounds/rounds.html",
        found=found,
        chosen=chosen,
        filters=[(slug, words) for slug, (words, _states) in FILTERS.items()],
        states=STATE_WORDS,
        words=round_words,
    )


@permitted("round.plan")
def new_round(survey_id: UUID) -> Any:
    survey = session().get(Survey, survey_id) or abort(404)
    form = NewRoundForm(data={"title": survey.title, "access": Access.INVITED.value})
    if not form.validate_on_submit():
        return render_template("surveys/rounds/new.html", form=form, survey=survey), status(form)
    who = me()
    made = planning.create(
        session(),
        survey=survey,
        author_id=who,
        title=written(form.title),
        access=Access(form.access.data),
    )
    return redirect(url_for("surveys.round_part", round_id=made.id, slug="vilka"))


@permitted("round.see")
def round_(round_id: UUID) -> Any:
    part_list = [(name, part.title, part.slug) for name, part in plan_views.parts().items()]
    return render_template(
        "surveys/rounds/round.html", part_list=part_list, **round_page.facts(open_round(round_id))
    )


@permitted("round.see")
def round_mail(round_id: UUID) -> Any:
    planned = open_round(round_id)
    preview = mails.preview(
        planned,
        form=checklist.questionnaire_of(session(), round_=planned),
        settings=round_page.settings(),
        reminder=request.args.get("visa") == "paminnelse",
    )
    return render_template("surveys/rounds/mail_preview.html", round=planned, preview=preview)


@permitted("round.see")
def round_form(round_id: UUID) -> Any:
    """The questions as they will be put, in the copy that approval freezes."""
    planned = open_round(round_id)
    form = checklist.questionnaire_of(session(), round_=planned)
    shown = "en" if request.args.get("visa") == "en" else "sv"
    return render_template(
        "surveys/rounds/form.html", round=planned, questionnaire=form, shown=shown
    )


@permitted("round.see")
def round_form_page(round_id: UUID) -> Any:
    """The respondent's page with the round's questions, to be looked at in a frame."""
    planned = open_round(round_id)
    form = checklist.questionnaire_of(session(), round_=planned)
    frozen = Round(**{**planned.model_dump(), "questionnaire": dump(form).decode()})
    return render_template(
        "surveys/building/preview_page.html",
        page=content_of(
            frozen,
            language=language(),
            state="preview",
            holders=functions(session(), round_=planned),
            programme=programmes.of_round(session(), round_=planned),
        ),
        form=render_form(form, language(), preview=True),
    )


@permitted("round.see")
def round_poster(round_id: UUID) -> Any:
    planned = open_round(round_id)
    if planned.access is not Access.LINK:
        abort(404)
    return render_template(
        "surveys/rounds/poster.html", round=planned, **round_page.poster(planned)
    )


@permitted("bounce.see")
def bounces() -> Any:
    return render_template("surveys/rounds/bounces.html", found=queries.undelivered(session()))
