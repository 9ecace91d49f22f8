"""A questionnaire as a file to keep, and as its respondents will see it."""

from uuid import UUID

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from dialog.core.questionnaire import dump
from dialog.people.signing_in import permitted
from dialog.surveys.builder_page import open_survey
from dialog.surveys.models import Survey
from dialog.surveys.rendering import render_form
from dialog.surveys.survey_files import file_name


@permitted("survey.see")
def export_json(survey_id: UUID) -> ResponseReturnValue:
    opened = open_survey(survey_id)
    return _file(dump(opened.questionnaire), "application/json", _name(opened.survey, "json"))


@permitted("survey.see")
def preview(survey_id: UUID) -> ResponseReturnValue:
    opened = open_survey(survey_id)
    return render_template(
        "surveys/builder_preview.html",
        survey=opened.survey,
        questionnaire=opened.questionnaire,
        shown="en" if request.args.get("visa") == "en" else "sv",
    )


@permitted("survey.see")
def preview_page(survey_id: UUID) -> ResponseReturnValue:
    opened = open_survey(survey_id)
    lang = "en" if request.args.get("lang") == "en" else "sv"
    return str(render_form(opened.questionnaire, lang, preview=True))


def _name(survey: Survey, extension: str) -> str:
    return file_name(survey.title, survey.id, extension)


def _file(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
