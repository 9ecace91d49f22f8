"""The list of surveys, and the ways to begin a new one."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dialog.core.questionnaire import Questionnaire, Section, Text
from dialog.people.signing_in import actor, permitted
from dialog.surveys.building import queries, saving
from dialog.surveys.building.fields import errors_of
from dialog.surveys.building.forms import NewSurveyForm, UploadForm
from dialog.surveys.building.instruments import all_instruments
from dialog.surveys.building.page import REFUSED
from dialog.surveys.state_words import STATE_WORDS
from dialog.web.database import session


@permitted("survey.list")
def surveys() -> ResponseReturnValue:
    search, archived = request.args.get("sok", "").strip(), request.args.get("arkiv") == "1"
    found = queries.page_of_surveys(
        session(), search=search, archived=archived, page=request.args.get("sida", 1, int)
    )
    return render_template(
        "surveys/building/surveys.html",
        found=found,
        search=search,
        archived=archived,
        any_survey=bool(found.found) or queries.any_survey(session()),
        state_words=STATE_WORDS,
    )


@permitted("survey.edit")
def new_survey() -> ResponseReturnValue:
    return new_survey_page()


def new_survey_page(
    *,
    empty: NewSurveyForm | None = None,
    upload: UploadForm | None = None,
    faults: tuple[str, ...] = (),
) -> ResponseReturnValue:
    """All ways to begin, with the errors of the one that was tried."""
    empty, upload = empty or NewSurveyForm(formdata=None), upload or UploadForm(formdata=None)
    errors = [*errors_of(empty), *errors_of(upload)]
    page = render_template(
        "surveys/building/new.html",
        empty=empty,
        upload=upload,
        copies=queries.titles(session()),
        instruments=all_instruments(),
        errors=errors,
        faults=faults,
    )
    return page, REFUSED if errors else 200


@permitted("survey.edit")
def create_empty() -> ResponseReturnValue:
    form = NewSurveyForm()
    if not form.validate_on_submit():
        return new_survey_page(empty=form)
    title = Text(sv=form.title.data)
    # With one section, so that the first question can be added at once.
    section = Section(name="avsnitt", title=Text())
    return begin(Questionnaire(title=title, sections=(section,)))


def begin(questionnaire: Questionnaire) -> ResponseReturnValue:
    """Make a survey of `questionnaire`, by whoever is signed in, and go to it."""
    author = actor().person_id
    assert author is not None
    made = saving.create(session(), author_id=author, questionnaire=questionnaire)
    return redirect(url_for("surveys.survey", survey_id=made.id), 303)
