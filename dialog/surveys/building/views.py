"""Pages of one survey: its outline, its details, the last change taken back."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dialog.core.questionnaire import load
from dialog.people.signing_in import permitted
from dialog.surveys.building import queries, saving
from dialog.surveys.building.forms import DetailsForm, details_data, with_details
from dialog.surveys.building.outline import outline
from dialog.surveys.building.page import (
    change_outline,
    form_page,
    keep,
    open_survey,
    to_outline,
    version_of,
)
from dialog.surveys.building.saving import Change
from dialog.surveys.building.words import KINDS, change_words
from dialog.surveys.rendering import minutes
from dialog.surveys.state_words import STATE_WORDS
from dialog.web.database import session
from dialog.web.i18n import language


@permitted("survey.see")
def survey(survey_id: UUID) -> ResponseReturnValue:
    opened = open_survey(survey_id)
    return render_template(
        "surveys/building/survey.html",
        survey=opened.survey,
        questionnaire=opened.questionnaire,
        outline=outline(opened.questionnaire, language()),
        rounds=queries.rounds_of(session(), survey_id),
        kinds=KINDS,
        change=change_words(opened.survey),
        recent="nyss" in request.args,
        minutes=minutes(opened.questionnaire),
        bilingual=opened.bilingual,
        state_words=STATE_WORDS,
    )


@permitted("survey.edit")
def survey_details(survey_id: UUID) -> ResponseReturnValue:
    opened = open_survey(survey_id)
    form = DetailsForm(data=details_data(opened.questionnaire))

    def save() -> None:
        changed = with_details(opened.questionnaire, form)
        opened.save(version_of(form.version), changed, Change.DETAILS, form.title_sv.data or "")

    if form.validate_on_submit() and keep(form, save):
        return to_outline(survey_id)
    return form_page("surveys/building/details.html", form, opened)


@permitted("survey.edit")
def undo(survey_id: UUID) -> ResponseReturnValue:
    opened = open_survey(survey_id)
    previous = opened.survey.previous
    if not previous:
        return to_outline(survey_id)
    about = opened.survey.change_about
    return change_outline(opened, load(previous), Change.UNDONE, about)


@permitted("survey.edit")
def archive(survey_id: UUID) -> ResponseReturnValue:
    archived = request.form.get("archived") == "1"
    saving.archive(session(), survey=open_survey(survey_id).survey, archived=archived)
    return redirect(url_for("surveys.surveys", arkiv=int(archived)), 303)
