"""All texts of a questionnaire side by side, Swedish to read and English to write."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField

from dialog.people.signing_in import permitted
from dialog.surveys.building import translating
from dialog.surveys.building.page import (
    REFUSED,
    Opened,
    keep,
    open_survey,
    to_outline,
    version_of,
)
from dialog.surveys.building.saving import Change

FIELD = "text:"  # and the path of the text


class TranslationForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    version = HiddenField()


@permitted("survey.edit")
def translation(survey_id: UUID) -> ResponseReturnValue:
    opened = open_survey(survey_id)
    form = TranslationForm()
    typed = {
        key.removeprefix(FIELD): words
        for key, words in request.form.items()
        if key.startswith(FIELD)
    }
    if form.validate_on_submit() and keep(form, lambda: _save(opened, form, typed)):
        return to_outline(survey_id)
    return _page(opened, form, typed)


def _save(opened: Opened, form: TranslationForm, typed: dict[str, str]) -> None:
    questionnaire = opened.questionnaire.model_copy(update={"languages": ("sv", "en")})
    changed = translating.translate(questionnaire, typed)
    opened.save(version_of(form.version), changed, Change.TRANSLATED, "")


def _page(opened: Opened, form: TranslationForm, typed: dict[str, str]) -> ResponseReturnValue:
    whole, only_missing = opened.questionnaire, "alla" not in request.args
    form.version.data = str(opened.survey.version)
    page = render_template(
        "surveys/building/translation.html",
        form=form,
        survey=opened.survey,
        shown=translating.to_write(whole) if only_missing else translating.places(whole),
        typed=typed,
        only_missing=only_missing,
    )
    return page, REFUSED if form.version.errors else 200
