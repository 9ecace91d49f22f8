"""Pages of a round: the list, the round itself, its plan part by part, its mail and its poster."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from dialog.core.errors import RefusedError
from dialog.core.questionnaire import dump
from dialog.organisation import audiences
from dialog.organisation import queries as units
from dialog.people.signing_in import actor, permit, permitted
from dialog.surveys.answering.page_content import content_of
from dialog.surveys.models import Access, Round, RoundState, Survey
from dialog.surveys.rendering import render_form
from dialog.surveys.rounds import checklist, mails, planning, queries
from dialog.surveys.rounds import page as round_page
from dialog.surveys.rounds import words as round_words
from dialog.surveys.rounds.forms import (
    HowForm,
    NewRoundForm,
    ResultsForm,
    RetentionForm,
    WhenForm,
    WhoForm,
)
from dialog.surveys.rounds.states import ENDED
from dialog.surveys.state_words import STATE_WORDS
from dialog.web.database import session
from dialog.web.forms import refuse, status, written
from dialog.web.i18n import language


@dataclass(frozen=True)
class Part:
    """A part of the plan: its place in the address, its title, its form."""

    slug: str
    title: Any
    form: Any


PARTS: Final[dict[str, Part]] = {
    "who": Part("vilka", _l("Vilka får frågan?"), WhoForm),
    "how": Part("hur", _l("Hur får de frågan?"), HowForm),
    "when": Part("nar", _l("När är den öppen?"), WhenForm),
    "results": Part("resultat", _l("Vad publiceras?"), ResultsForm),
    "retention": Part("gallring", _l("Vad sparas, och hur länge?"), RetentionForm),
}


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
    who = actor().person_id
    assert who is not None  # only somebody signed in may plan
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
    part_list = [(name, part.title, part.slug) for name, part in PARTS.items()]
    return render_template(
        "surveys/rounds/round.html", part_list=part_list, **round_page.facts(open_round(round_id))
    )


@permitted("round.plan")
def round_part(round_id: UUID, slug: str) -> Any:
    planned = open_round(round_id, "round.plan")
    if planned.state is not RoundState.DRAFT:
        return redirect(url_for("surveys.round", round_id=round_id))
    name = next((name for name, part in PARTS.items() if part.slug == slug), None) or abort(404)
    part = PARTS[name]
    form = part.form(data=part.form.initial(planned))
    if "audience" in form:
        form.audience.offer(units.nodes(session()))
    if form.validate_on_submit() and _save(planned, form):
        return redirect(_next(round_id, name))
    page = render_template(
        f"surveys/rounds/{name}.html",
        round=planned,
        form=form,
        part=part,
        parts=PARTS,
        place=list(PARTS).index(name) + 1,
    )
    return page, status(form)


def _save(planned: Round, form: Any) -> bool:
    who = actor().person_id
    assert who is not None  # only somebody signed in may plan
    values = form.values()
    try:
        if "audience" in values:
            chosen = audiences.checked(session(), audience=form.audience.data)
            values["audience"] = chosen.as_json()
        planning.change(session(), round_=planned, by=who, **values)
    except RefusedError as refused:
        refuse(next(iter(form)), refused.sentence)
        return False
    return True


def _next(round_id: UUID, name: str) -> str:
    """The part after `name`; from the last one, or if asked, back to the round."""
    following = list(PARTS)[list(PARTS).index(name) + 1 :]
    if not following or "tillbaka" in request.form:
        return url_for("surveys.round", round_id=round_id)
    return url_for("surveys.round_part", round_id=round_id, slug=PARTS[following[0]].slug)


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
        page=content_of(frozen, language=language(), state="preview"),
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
