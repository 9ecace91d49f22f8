"""New surveys from what is there already: another survey, a built-in instrument, a file."""

from uuid import UUID

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialog.core.errors import WrongInputError
from dialog.core.questionnaire import Text
from dialog.people.signing_in import permitted
from dialog.surveys.building.files import packed, read_upload, unpacked
from dialog.surveys.building.forms import UploadForm
from dialog.surveys.building.instruments import all_instruments
from dialog.surveys.building.list_views import begin, new_survey_page
from dialog.surveys.building.outline import outline
from dialog.surveys.building.page import open_survey
from dialog.surveys.building.xlsform.findings import Imported
from dialog.web.i18n import language


@permitted("survey.edit")
def create_copy() -> ResponseReturnValue:
    try:
        original = open_survey(UUID(request.form.get("survey", ""))).questionnaire
    except ValueError:
        abort(404)
    title = Text(sv=_("Kopia av %(title)s", title=original.title.sv)[:200], en=original.title.en)
    return begin(original.model_copy(update={"title": title}))


@permitted("survey.edit")
def create_from_instrument() -> ResponseReturnValue:
    chosen = all_instruments().get(request.form.get("instrument", ""))
    if chosen is None:
        abort(404)
    return begin(chosen)


@permitted("survey.edit")
def read_file() -> ResponseReturnValue:
    """What a file holds, to be looked at before it becomes a survey."""
    form = UploadForm()
    if not form.validate_on_submit():
        return new_survey_page(upload=form)
    try:
        found = read_upload(form.file.data.read(), language=language())
    except WrongInputError as wrong:
        form.file.errors = [wrong.sentence]
        return new_survey_page(upload=form, faults=wrong.faults)
    return _import_page(found)


def _import_page(found: Imported) -> ResponseReturnValue:
    whole = found.questionnaire
    return render_template(
        "surveys/building/import.html",
        found=found,
        outline=outline(whole, language()),
        packed=packed(whole),
    )


@permitted("survey.edit")
def create_from_file() -> ResponseReturnValue:
    return begin(unpacked(request.form.get("questionnaire", "")))
