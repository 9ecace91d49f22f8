"""What the builder's views share: the survey in the address, and how a change of it is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialog.core.questionnaire import Questionnaire
from dialog.surveys.building import queries, saving
from dialog.surveys.building.editing import MissingPartError
from dialog.surveys.building.fields import errors_of
from dialog.surveys.building.saving import Change, OutdatedError
from dialog.surveys.building.variable_names import names_in
from dialog.surveys.models import Survey
from dialog.web.database import session

T = TypeVar("T")
REFUSED = 422
SAVING = ("save", "save-more")


@dataclass(frozen=True)
class Opened:
    """The survey of the address and its questionnaire."""

    survey: Survey
    questionnaire: Questionnaire

    @property
    def bilingual(self) -> bool:
        return "en" in self.questionnaire.languages

    def names(self) -> frozenset[str]:
        return names_in(self.questionnaire)

    def save(self, version: int, changed: Questionnaire, change: Change, about: str) -> None:
        saving.save(
            session(),
            survey=self.survey,
            version=version,
            questionnaire=changed,
            change=change,
            about=about,
        )


def open_survey(survey_id: UUID) -> Opened:
    survey = queries.survey(session(), survey_id)
    if survey is None:
        abort(404)
    return Opened(survey, queries.questionnaire_of(survey))


def version_of(field: Any) -> int:
    """The version that a form was made from."""
    written = str(field.data if hasattr(field, "data") else field)
    return int(written) if written.isdigit() else 0


def step_pressed() -> str:
    """The step to take in a form that is not to be saved yet; empty when saving or reading."""
    pressed = request.form.get("do", "save")
    return "" if pressed in SAVING else pressed


def keep(form: Any, save: Callable[[], None]) -> bool:
    """Save what a valid form says. If somebody else was quicker, the form says so and nothing is
    saved; the next attempt counts, since the writer has been told.
    """
    try:
        save()
    except OutdatedError as outdated:
        form.version.errors = [outdated.sentence]
        return False
    except MissingPartError:
        abort(404)
    return True


def form_page(template: str, form: Any, opened: Opened, **more: Any) -> ResponseReturnValue:
    """A page with a form of the survey, made for the version that stands now."""
    form.version.data = str(opened.survey.version)
    errors = errors_of(form)
    page = render_template(
        template,
        form=form,
        errors=errors,
        survey=opened.survey,
        questionnaire=opened.questionnaire,
        bilingual=opened.bilingual,
        **more,
    )
    return page, REFUSED if errors else 200


def change_outline(
    opened: Opened, changed: Questionnaire, change: Change, about: str, *, anchor: str = ""
) -> ResponseReturnValue:
    """Save what a button of the outline does, and show the outline again. Nothing was typed, so
    whoever comes second is only told to look at what it has become.
    """
    try:
        opened.save(version_of(request.form.get("version", "")), changed, change, about)
    except OutdatedError:
        flash(
            _("Enkäten har ändrats av någon annan. Så här är den nu. Gör om det du ville."), "error"
        )
    return to_outline(opened.survey.id, anchor)


def to_outline(survey_id: UUID, anchor: str = "") -> ResponseReturnValue:
    """Back to the outline, which tells what just changed."""
    address = url_for("surveys.survey", survey_id=survey_id, nyss=1, _anchor=anchor or None)
    return redirect(address, 303)


def part_or_404(find: Callable[[Questionnaire, str], T], whole: Questionnaire, name: str) -> T:
    """The section, question or scale of the address."""
    try:
        return find(whole, name)
    except MissingPartError:
        abort(404)
