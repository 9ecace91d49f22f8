"""Pages and buttons of a questionnaire's scales."""

from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from dialog.core.questionnaire import Scale
from dialog.people.signing_in import permitted
from dialog.surveys.building import scales_editing
from dialog.surveys.building.page import (
    Opened,
    change_outline,
    form_page,
    keep,
    open_survey,
    part_or_404,
    to_outline,
    version_of,
)
from dialog.surveys.building.saving import Change
from dialog.surveys.building.scale_forms import ScaleForm, groups, scale_data, scale_from
from dialog.web.i18n import language


@permitted("survey.edit")
def new_scale(survey_id: UUID) -> ResponseReturnValue:
    """A new scale, of the rows of the matrix `fran` to begin with."""
    opened = open_survey(survey_id)
    matrix = request.args.get("fran", "")
    form = ScaleForm(data=scale_data(opened.questionnaire, None, matrix))
    return _scale_page(opened, form, None)


@permitted("survey.edit")
def edit_scale(survey_id: UUID, name: str) -> ResponseReturnValue:
    opened = open_survey(survey_id)
    scale = part_or_404(scales_editing.scale_named, opened.questionnaire, name)
    form = ScaleForm(data=scale_data(opened.questionnaire, scale))
    return _scale_page(opened, form, scale)


def _scale_page(opened: Opened, form: ScaleForm, existing: Scale | None) -> ResponseReturnValue:
    form.taken = opened.names() - {existing.name if existing else ""}
    form.countable = {item.name: item for item in scales_editing.countable(opened.questionnaire)}
    if form.validate_on_submit() and keep(form, lambda: _save(opened, form, existing)):
        return to_outline(opened.survey.id, "skalor")
    return form_page(
        "surveys/building/scale.html",
        form,
        opened,
        existing=existing,
        groups=groups(opened.questionnaire, language()),
    )


def _save(opened: Opened, form: ScaleForm, existing: Scale | None) -> None:
    scale = scale_from(form)
    if existing is None:
        changed = scales_editing.add_scale(opened.questionnaire, scale)
    else:
        changed = scales_editing.replace_scale(opened.questionnaire, existing.name, scale)
    change = Change.CHANGED if existing else Change.ADDED
    opened.save(version_of(form.version), changed, change, scale.title.sv)


@permitted("survey.edit")
def move_scale(survey_id: UUID, name: str) -> ResponseReturnValue:
    opened = open_survey(survey_id)
    scale = part_or_404(scales_editing.scale_named, opened.questionnaire, name)
    step = request.form.get("step", 0, int)
    changed = scales_editing.shift_scale(opened.questionnaire, name, step=step)
    return change_outline(opened, changed, Change.MOVED, scale.title.sv, anchor="skalor")


@permitted("survey.edit")
def remove_scale(survey_id: UUID, name: str) -> ResponseReturnValue:
    opened = open_survey(survey_id)
    scale = part_or_404(scales_editing.scale_named, opened.questionnaire, name)
    changed = scales_editing.remove_scale(opened.questionnaire, name)
    return change_outline(opened, changed, Change.REMOVED, scale.title.sv)
