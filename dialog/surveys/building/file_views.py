"""A questionnaire as a file to keep, and as its respondents will see it."""

from uuid import UUID

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from dialog.core.questionnaire import dump
from dialog.people.signing_in import permitted
from dialog.surveys.answering.page_content import content_of
from dialog.surveys.building.files import file_name
from dialog.surveys.building.page import open_survey
from dialog.surveys.models import Round, Survey
from dialog.surveys.rendering import render_form
from dialog.web.i18n import language

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@permitted("survey.see")
def export_json(survey_id: UUID) -> ResponseReturnValue:
    opened = open_survey(survey_id)
    return _file(dump(opened.questionnaire), "application/json", _name(opened.survey, "json"))


@permitted("survey.see")
def export_xlsform(survey_id: UUID) -> ResponseReturnValue:
    from dialog.surveys.building.xlsform.writing import write  # noqa: PLC0415 - its libraries are slow

    opened = open_survey(survey_id)
    return _file(write(opened.questionnaire), SPREADSHEET, _name(opened.survey, "xlsx"))


@permitted("survey.see")
def preview(survey_id: UUID) -> ResponseReturnValue:
    opened = open_survey(survey_id)
    return render_template(
        "surveys/building/preview.html",
        survey=opened.survey,
        questionnaire=opened.questionnaire,
        shown="en" if request.args.get("visa") == "en" else "sv",
    )


@permitted("survey.see")
def preview_page(survey_id: UUID) -> ResponseReturnValue:
    opened = open_survey(survey_id)
    survey = opened.survey
    # A round that is never kept: what the page shows of one is not decided yet.
    round_ = Round(survey_id=survey.id, author_id=survey.author_id, title=survey.title)
    round_.questionnaire = survey.questionnaire
    return render_template(
        "surveys/building/preview_page.html",
        page=content_of(round_, language=language(), state="preview"),
        form=render_form(opened.questionnaire, language()),
    )


def _name(survey: Survey, extension: str) -> str:
    return file_name(survey.title, survey.id, extension)


def _file(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
